using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>
/// How messages go out over HTTP. Each on a connection of its own: a provider that answers twice must not have its second answer
/// taken for that of the next message.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MaxAnswerBytes = 2_048;

    private readonly HttpClient guarded;
    private readonly HttpClient chosenByOperator;

    public OutboundHttp(IOptions<OutboundOptions> options)
    {
        guarded = Create(options.Value.ToPolicy());
        chosenByOperator = Create(options.Value.ToPolicy() with { AllowPrivate = true });
    }

    /// <param name="request">Disposed by the caller.</param>
    /// <param name="trusted">The operator chose the address, so it may be private.</param>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request, bool trusted, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.ParseAdd("OpsDashboard");
        request.Headers.ConnectionClose = true;
        using var response = await (trusted ? chosenByOperator : guarded).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new HttpAnswer(response.StatusCode, await ReadAsync(response, cancellationToken), RetryAfter(response));
    }

    public void Dispose()
    {
        guarded.Dispose();
        chosenByOperator.Dispose();
    }

    /// <summary>Without time limits of its own: the try has one, of which connecting is a part.</summary>
    private static HttpClient Create(OutboundPolicy policy)
    {
        var handler = new GuardedConnector(policy).CreateHandler(Timeout.InfiniteTimeSpan);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    /// <summary>The beginning of the answer; the status has already decided, so a body that breaks off changes nothing.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxAnswerBytes);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, MaxAnswerBytes), MaxAnswerBytes, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            return "";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <param name="Body">At most its first two kilobytes.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    public int Code => (int)Status;

    public bool IsSuccess => Code is >= 200 and <= 299;

    /// <summary>Asks to be called again: overload, time-outs, and whatever the server blames itself for.</summary>
    public bool MayPass => Code is 408 or 425 or 429 or >= 500;
}
