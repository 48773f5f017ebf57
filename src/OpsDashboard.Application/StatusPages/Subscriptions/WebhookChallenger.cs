using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Recording;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>
/// Sends each new webhook a challenge: a random word that its answer must hold. Who does not repeat it after five tries did not ask
/// to be told, and nothing else is ever sent there.
/// </summary>
internal sealed class WebhookChallenger(IServiceScopeFactory scopes, IOptions<OutboundOptions> outbound, TimeProvider time, ILogger<WebhookChallenger> log) : IDisposable
{
    private const int MostChallenges = 5;
    private const int AtOnce = 8;
    private const int MostAnswerBytes = 8 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new GuardedConnector(outbound.Value.ToPolicy()).CreateHandler(Timeout.InfiniteTimeSpan)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostAnswerBytes };

    public void Dispose() => http.Dispose();

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var due = await db.Set<SubscriberRow>()
            .Where(row => row.Kind == SubscriberKind.Webhook && row.State == SubscriberState.Pending && row.NextChallengeMs <= now)
            .OrderBy(row => row.Id)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        var answers = await Task.WhenAll(due.Select(row => AskAsync(row.Address, cancellationToken)));
        foreach (var (row, refusal) in due.Zip(answers))
        {
            Settle(row, refusal, time.NowMs());
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void Settle(SubscriberRow row, string? refusal, long now)
    {
        if (refusal is null)
        {
            (row.State, row.ConfirmedAtMs) = (SubscriberState.Confirmed, now);
            return;
        }

        StatusLog.ChallengeFailed(log, refusal);
        row.Challenges++;
        row.NextChallengeMs = now + (30_000L << row.Challenges);
        if (row.Challenges >= MostChallenges)
        {
            row.Leave();
        }
    }

    /// <returns>Why it is not confirmed; null when it is.</returns>
    private async Task<string?> AskAsync(string url, CancellationToken cancellationToken)
    {
        var challenge = SubscriptionTokens.New();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await http.PostAsJsonAsync(url, new { type = "challenge", challenge }, JsonSerializerOptions.Web, either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return $"it answered {(int)answer.StatusCode}";
            }

            var body = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(either.Token));
            return body.Contains(challenge, StringComparison.Ordinal) ? null : "its answer does not hold the challenge";
        }
        catch (TargetRefusedException)
        {
            return "its address may not be called";
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or ProtocolViolationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return fault.InnerException is TargetRefusedException ? "its address may not be called" : "it did not answer";
        }
    }
}
