using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpsDashboard.Testing;

/// <summary>A real Alertmanager from the distribution's package, or from <c>ALERTMANAGER_PATH</c>, with a store and a port of its own.</summary>
public sealed partial class AlertmanagerProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Process _process = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];
    private bool _started;

    private AlertmanagerProcess()
    {
    }

    public static bool IsInstalled => Installed() is not null;

    public string Url { get; private set; } = "";

    /// <summary>Host and port, as Prometheus is told.</summary>
    public string Target => new Uri(Url).Authority;

    /// <summary>Everything it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts it; it groups by the alert's name, waits a second, and repeats after two.</summary>
    /// <param name="webhook">Where all alerts are sent.</param>
    public static async Task<AlertmanagerProcess> StartAsync(string webhook, CancellationToken cancellationToken)
    {
        var alertmanager = new AlertmanagerProcess();
        try
        {
            await alertmanager.LaunchAsync(webhook, cancellationToken);
            return alertmanager;
        }
        catch
        {
            await alertmanager.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started && !_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Dispose();
    }

    private async Task LaunchAsync(string webhook, CancellationToken cancellationToken)
    {
        var config = _directory.Combine("alertmanager.yml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            route:
              receiver: opsdashboard
              group_by: [alertname]
              group_wait: 1s
              group_interval: 1s
              repeat_interval: 2s
            receivers:
              - name: opsdashboard
                webhook_configs:
                  - url: {{webhook}}
                    send_resolved: true
            """,
            cancellationToken);
        _process.StartInfo = new ProcessStartInfo(Installed() ?? throw new InvalidOperationException("No Alertmanager: install the distribution's package or set ALERTMANAGER_PATH."))
        {
            // The cluster is off: it would listen on a port of its own.
            ArgumentList = { $"--config.file={config}", $"--storage.path={_directory.Combine("data")}", "--web.listen-address=127.0.0.1:0", "--cluster.listen-address=" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _started = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Eventually.Patience);
        var ended = _process.WaitForExitAsync(limit.Token);
        if (await Task.WhenAny(_address.Task, ended) == ended)
        {
            throw new InvalidOperationException($"Alertmanager did not start:\n{Output}");
        }

        Url = await _address.Task;
    }

    private static string? Installed()
    {
        string?[] places = [Environment.GetEnvironmentVariable("ALERTMANAGER_PATH"), "/usr/bin/prometheus-alertmanager", "/usr/bin/alertmanager", "/usr/local/bin/alertmanager"];
        return places.FirstOrDefault(File.Exists);
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (ListeningOn().Match(line) is { Success: true } match)
        {
            _address.TrySetResult($"http://{match.Groups["address"].Value}");
        }
    }

    [GeneratedRegex(@"""?Listening on""?.*address=(?<address>[0-9.]+:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListeningOn();
}
