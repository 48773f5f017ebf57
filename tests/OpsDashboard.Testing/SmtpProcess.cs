using System.Diagnostics;
using System.Text.Json;

namespace OpsDashboard.Testing;

/// <summary>A real SMTP server (npm's <c>smtp-server</c>, in tests/smtp) as a process of its own.</summary>
public sealed class SmtpProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process = new();
    private readonly Lock _gate = new();
    private readonly List<Mail> _taken = [];
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _errors = "";

    private SmtpProcess()
    {
    }

    public int Port { get; private set; }

    /// <summary>Mails it has taken, in order.</summary>
    public IReadOnlyList<Mail> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    public static async Task<SmtpProcess> StartAsync(SmtpProcessOptions options, CancellationToken cancellationToken)
    {
        var server = new SmtpProcess();
        try
        {
            await server.LaunchAsync(options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Port > 0 && !_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task LaunchAsync(SmtpProcessOptions options, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(Repository.Root, "tests", "smtp");
        if (!Directory.Exists(Path.Combine(directory, "node_modules")))
        {
            throw new InvalidOperationException("Run \"npm ci\" in tests/smtp first.");
        }

        _process.StartInfo = new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(directory, "server.mjs"), JsonSerializer.Serialize(options, Json) },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors += line.Data;
        _process.Start();
        Port = 1;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Eventually.Patience);
        var ended = _process.WaitForExitAsync(limit.Token);
        if (await Task.WhenAny(_port.Task, ended) == ended)
        {
            throw new InvalidOperationException($"The SMTP server did not start: {_errors}");
        }

        Port = await _port.Task;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        using var told = JsonDocument.Parse(line);
        if (told.RootElement.TryGetProperty("port", out var port))
        {
            _port.TrySetResult(port.GetInt32());
            return;
        }

        lock (_gate)
        {
            _taken.Add(told.RootElement.Deserialize<Mail>(Json)!);
        }
    }

    /// <param name="To">Receivers of the envelope.</param>
    /// <param name="Secure">It came over TLS.</param>
    /// <param name="Raw">Headers and body as sent.</param>
    public sealed record Mail(string From, IReadOnlyList<string> To, bool Secure, string? User, string Raw)
    {
        /// <summary>The header block with folded lines unfolded.</summary>
        public IReadOnlyList<string> Headers => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n");

        public string? Header(string name) =>
            Headers.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
    }
}

/// <param name="Port">0 lets the system choose.</param>
/// <param name="BusyTimes">Mails that are answered with 451 before any is taken.</param>
/// <param name="Certificate">PEM file; with it the server offers STARTTLS.</param>
public sealed record SmtpProcessOptions(int Port = 0, string? User = null, string? Password = null, int BusyTimes = 0, string? Certificate = null, string? Key = null);
