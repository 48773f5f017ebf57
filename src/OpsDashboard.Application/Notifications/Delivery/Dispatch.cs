using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>
/// The tries under way in this process. A place is free again once the end of its try is recorded, so that what waits to be
/// recorded is bounded by the places.
/// </summary>
internal sealed class Dispatch(
    IEnumerable<ISender> senders,
    DeliveryRecorder recorder,
    NotificationsMetrics metrics,
    IOptions<PagingOptions> options,
    TimeProvider time,
    ILogger<Dispatch> log)
{
    private const int MostRecordedAtOnce = 200;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, string> underWay = new();
    private readonly Channel<EndedAttempt> ended = System.Threading.Channels.Channel.CreateUnbounded<EndedAttempt>(new() { SingleReader = true });
    private volatile TaskCompletionSource freed = NewSignal();

    /// <summary>Completes when a place became free; take it before looking for work.</summary>
    public Task Freed => freed.Task;

    public int Room => options.Value.AtOnce - underWay.Count;

    public IReadOnlySet<long> Mine => underWay.Keys.ToHashSet();

    public IReadOnlyDictionary<string, int> Busy =>
        underWay.Values.GroupBy(target => target, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    public void Begin(ClaimedMessage message, CancellationToken stoppingToken)
    {
        underWay[message.Id] = message.Target;
        // Owned by the dictionary and the channel: it always ends in an entry of the latter.
        _ = Task.Run(() => TryAsync(message, stoppingToken), CancellationToken.None);
    }

    /// <summary>Records what has ended until told to stop, and then what ends within the token's last breath.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        while (await ended.Reader.WaitToReadAsync(cancellationToken))
        {
            var batch = new List<EndedAttempt>();
            while (batch.Count < MostRecordedAtOnce && ended.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            await RecordAsync(batch, cancellationToken);
            foreach (var one in batch)
            {
                underWay.TryRemove(one.Message.Id, out _);
            }

            Interlocked.Exchange(ref freed, NewSignal()).TrySetResult();
        }
    }

    /// <summary>No more tries will begin: <see cref="RecordAsync(CancellationToken)"/> returns once the last has ended.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (!underWay.IsEmpty)
        {
            await Freed.WaitAsync(cancellationToken);
        }

        ended.Writer.TryComplete();
    }

    private async Task RecordAsync(List<EndedAttempt> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await recorder.RecordAsync(batch, cancellationToken);
                return;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                metrics.RecordFailed();
                NotificationsLog.RecordFailed(log, batch.Count, fault);
                await Task.Delay(BackOff, time, cancellationToken);
            }
        }
    }

    private async Task TryAsync(ClaimedMessage message, CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        var result = await SendAsync(message, stoppingToken);
        if (result is null)
        {
            // Stopped in the middle: the claim stays, and who takes it over knows that it may have been sent.
            return;
        }

        var one = new EndedAttempt(message, result, time.NowMs());
        metrics.Ended(one, time.GetElapsedTime(began));
        if (result.Outcome != AttemptOutcome.Sent)
        {
            NotificationsLog.AttemptFailed(log, message.Id, message.Channel, message.Attempt);
        }

        ended.Writer.TryWrite(one);
    }

    private async Task<SendResult?> SendAsync(ClaimedMessage message, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.AttemptTimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            return senders.FirstOrDefault(sender => sender.Sends(message.Channel)) is { } sender
                ? await sender.SendAsync(message, either.Token)
                : SendResult.Refused("Nothing here sends by this channel.");
        }
        catch (OperationCanceledException)
        {
            return stoppingToken.IsCancellationRequested ? null : SendResult.Failed($"No answer within {options.Value.AttemptTimeoutSeconds} s.");
        }
        catch (Exception fault) when (Refusal(fault) is { } refused)
        {
            return SendResult.Refused(refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or AuthenticationException)
        {
            return SendResult.Failed(Describe(fault));
        }
        catch (Exception fault)
        {
            NotificationsLog.AttemptBroke(log, message.Id, message.Channel, message.Attempt, fault);
            return SendResult.Failed($"A fault of this program: {fault.GetType().Name}.");
        }
    }

    private static TargetRefusedException? Refusal(Exception fault) => fault as TargetRefusedException ?? fault.InnerException as TargetRefusedException;

    private static string Describe(Exception fault) => fault.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The connection was refused.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "The name cannot be resolved.",
        SocketException socket => $"No connection ({socket.SocketErrorCode}).",
        AuthenticationException => "No secure connection: the certificate is not trusted.",
        _ => "The connection broke before the answer.",
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
