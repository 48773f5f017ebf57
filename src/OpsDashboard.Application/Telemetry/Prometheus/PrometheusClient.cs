using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Outbound;
using Polly;
using Polly.Retry;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>Asks one data source. Bounded in time and size, and every fault becomes a sentence.</summary>
internal sealed class PrometheusClient : IDisposable
{
    private const int ClockToleranceSeconds = 5;

    private readonly HttpClient http;
    private readonly Uri queryRange;
    private readonly PrometheusOptions options;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<IReadOnlyList<MinuteSeries>> pipeline;

    public PrometheusClient(string url, PrometheusSettings settings, PrometheusOptions options, SourceSecrets secrets, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        Settings = settings;
        queryRange = new Uri(url.TrimEnd('/') + "/api/v1/query_range");
        // A monitoring system lives in the private network; only addresses that are never one are out of bounds.
        var handler = new GuardedConnector(new OutboundPolicy(AllowPrivate: true, [])).CreateHandler(TimeSpan.FromSeconds(options.TimeoutSeconds));
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in settings.Headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        http.DefaultRequestHeaders.UserAgent.ParseAdd("OpsDashboard");
        Secrets = secrets;
        pipeline = CreatePipeline(time);
    }

    public PrometheusSettings Settings { get; }

    private SourceSecrets Secrets { get; }

    /// <summary>Values at the ends of the minutes [from, to).</summary>
    /// <exception cref="SourceFaultException">Whatever went wrong, said in a sentence.</exception>
    public async Task<IReadOnlyList<MinuteSeries>> QueryAsync(string promQl, int from, int to, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(async token => await AskAsync(promQl, from, to, token), cancellationToken);

    public void Dispose() => http.Dispose();

    /// <summary>One more try at once for what may pass by itself; longer troubles are the poller's.</summary>
    private static ResiliencePipeline<IReadOnlyList<MinuteSeries>> CreatePipeline(TimeProvider time) =>
        new ResiliencePipelineBuilder<IReadOnlyList<MinuteSeries>> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<IReadOnlyList<MinuteSeries>>
            {
                ShouldHandle = new PredicateBuilder<IReadOnlyList<MinuteSeries>>().Handle<SourceFaultException>(fault => fault.MayPass),
                MaxRetryAttempts = 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
            })
            .Build();

    private async Task<IReadOnlyList<MinuteSeries>> AskAsync(string promQl, int from, int to, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = Request(promQl, from, to);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            CheckClock(response, to);
            var body = await ReadAsync(response, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw Unwelcome(response.StatusCode, body);
            }

            return MinuteMatrix.Read(body, from, to);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // No second try: a source that hangs would hold its other queries up twice as long.
            throw new SourceFaultException($"No answer within {options.TimeoutSeconds} s.", mayPass: false, fault);
        }
        catch (HttpRequestException fault) when (fault.InnerException is TargetRefusedException refused)
        {
            throw new SourceFaultException(refused.Message, mayPass: false, fault);
        }
        catch (HttpRequestException fault)
        {
            throw new SourceFaultException(Describe(fault), mayPass: true, fault);
        }
        catch (IOException fault)
        {
            throw new SourceFaultException("The connection broke in the middle of the answer.", mayPass: true, fault);
        }
    }

    /// <summary>
    /// While this machine's clock runs ahead, minutes seem to have passed that the source has not lived through: read now, they would
    /// be taken as empty for good.
    /// </summary>
    private static void CheckClock(HttpResponseMessage response, int to)
    {
        if (response.Headers.Date is { } date && to * 60L > date.ToUnixTimeSeconds() + ClockToleranceSeconds)
        {
            throw new SourceFaultException($"Its clock says {date:yyyy-MM-dd HH:mm:ss} UTC, before the end of the span asked for: one of the two clocks is wrong.", mayPass: false);
        }
    }

    private HttpRequestMessage Request(string promQl, int from, int to)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, queryRange)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["query"] = promQl,
                ["start"] = Seconds(from + 1),
                ["end"] = Seconds(to),
                ["step"] = "60",
                ["timeout"] = $"{options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)}s",
            }),
        };
        if (Secrets.TokenOf(Settings) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static string Seconds(int minute) => (minute * 60L).ToString(CultureInfo.InvariantCulture);

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > options.MaxResponseBytes)
            {
                throw new SourceFaultException($"The answer is larger than {options.MaxResponseBytes} bytes: aggregate the query.", mayPass: false);
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static SourceFaultException Unwelcome(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        var reason = MinuteMatrix.ReadError(body);
        var text = $"The source answered {(int)status}{(reason is null ? "" : $": {reason}")}.";
        return new SourceFaultException(text, mayPass: (int)status >= 500);
    }

    private static string Describe(HttpRequestException fault) => fault.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The connection was refused.",
        SocketException { SocketErrorCode: SocketError.HostNotFound } => "Its name cannot be resolved.",
        System.Security.Authentication.AuthenticationException => "No secure connection: the certificate is not trusted.",
        _ => $"The connection failed ({fault.HttpRequestError}).",
    };
}

/// <summary>Reads tokens when they are needed, so that a renewed file counts at once; they are kept nowhere.</summary>
internal sealed class SourceSecrets(IOptions<PrometheusOptions> options, IOptions<StoreOptions> store)
{
    private const int MaxBytes = 16 * 1024;

    public string? TokenOf(PrometheusSettings settings)
    {
        if (settings.TokenVariable is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } token
                ? token
                : throw new SourceFaultException($"The environment variable {variable} with the token is not set.", mayPass: false);
        }

        return settings.TokenFile is { } file ? Read(file) : null;
    }

    private string Read(string name)
    {
        var directory = options.Value.SecretsDirectory is { Length: > 0 } set ? set : Path.Combine(store.Value.DataDirectory, "secrets");
        var file = new FileInfo(Path.Combine(directory, Path.GetFileName(name)));
        try
        {
            if (file.Exists && file.Length <= MaxBytes && File.ReadAllText(file.FullName).Trim() is { Length: > 0 } token)
            {
                return token;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SourceFaultException($"The token file {name} cannot be read.", mayPass: false, fault);
        }

        throw new SourceFaultException($"The secrets directory has no token file {name}, or an empty one.", mayPass: false);
    }
}
