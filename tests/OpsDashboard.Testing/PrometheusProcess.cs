using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpsDashboard.Testing;

/// <param name="Rules">A rules file.</param>
/// <param name="Alertmanager">As host:port.</param>
public sealed record PrometheusAlerting(string Rules, string Alertmanager);

/// <summary>A real Prometheus from the distribution's package, or from <c>PROMETHEUS_PATH</c>, with a store and a port of its own.</summary>
public sealed partial class PrometheusProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Process _process = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private PrometheusProcess()
    {
    }

    public static bool IsInstalled => Installed() is not null;

    public string Url { get; private set; } = "";

    /// <summary>Starts it; it scrapes the targets every second and keeps the timestamps they state.</summary>
    /// <param name="targets">As host:port; scraped at /metrics.</param>
    /// <param name="alerting">Null: it alerts nobody.</param>
    public static async Task<PrometheusProcess> StartAsync(IEnumerable<string> targets, CancellationToken cancellationToken, PrometheusAlerting? alerting = null)
    {
        var prometheus = new PrometheusProcess();
        try
        {
            await prometheus.LaunchAsync(targets, alerting, cancellationToken);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Url.Length > 0 && !_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Dispose();
    }

    private async Task LaunchAsync(IEnumerable<string> targets, PrometheusAlerting? alerting, CancellationToken cancellationToken)
    {
        var config = _directory.Combine("prometheus.yml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            {{await AlertingAsync(alerting, cancellationToken)}}
            scrape_configs:
              - job_name: shop
                authorization:
                  credentials: {{AppProcess.IntakeKey}}
                static_configs:
                  - targets: [{{string.Join(", ", targets.Select(target => $"'{target}'"))}}]
            """,
            cancellationToken);
        _process.StartInfo = new ProcessStartInfo(Find())
        {
            ArgumentList = { $"--config.file={config}", $"--storage.tsdb.path={_directory.Combine("data")}", "--web.listen-address=127.0.0.1:0" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        Url = "http://starting";
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Eventually.Patience);
        var ended = _process.WaitForExitAsync(limit.Token);
        if (await Task.WhenAny(_address.Task, ended) == ended)
        {
            throw new InvalidOperationException($"Prometheus did not start:\n{string.Join('\n', _output)}");
        }

        Url = await _address.Task;
    }

    /// <summary>The part of the configuration that names the rules and where alerts are sent.</summary>
    private async Task<string> AlertingAsync(PrometheusAlerting? alerting, CancellationToken cancellationToken)
    {
        if (alerting is null)
        {
            return "";
        }

        var rules = _directory.Combine("rules.yml");
        await File.WriteAllTextAsync(rules, alerting.Rules, cancellationToken);
        return $"""
            rule_files: ['{rules}']
            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ['{alerting.Alertmanager}']
            """;
    }

    private static string? Installed()
    {
        string?[] places = [Environment.GetEnvironmentVariable("PROMETHEUS_PATH"), "/usr/bin/prometheus", "/usr/local/bin/prometheus"];
        return places.FirstOrDefault(File.Exists);
    }

    private static string Find()
    {
        return Installed()
            ?? throw new InvalidOperationException("No Prometheus: install the distribution's package or set PROMETHEUS_PATH.");
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

    [GeneratedRegex(@"""Listening on"".*address=(?<address>[0-9.]+:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListeningOn();
}
