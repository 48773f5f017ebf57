using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Live;

/// <summary>
/// One holder among all processes on the store. Liveness is judged by the renewals one sees, on one's own monotonic clock,
/// so a stepping wall clock neither loses nor freezes the lease.
/// </summary>
internal sealed class Lease(string name, IServiceScopeFactory scopes, TimeProvider time, ILogger<Lease> log)
{
    /// <summary>Without a renewal for this long the holder counts as gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    /// <summary>How often <see cref="HoldAsync"/> is to be called.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReleaseWithin = TimeSpan.FromSeconds(2);

    private readonly string me = $"{ProcessIdentity.Mine}/{Guid.NewGuid():N}";
    private (long Token, long Beat, long SeenAt)? observed;
    private long token;

    /// <summary>The fencing token while held; null while somebody else holds the lease. Read by another thread than renews it.</summary>
    public long? Token
    {
        get => Volatile.Read(ref token) is var held and not 0 ? held : null;
        private set => Volatile.Write(ref token, value ?? 0);
    }

    /// <summary>Somebody else was seen to hold it at the last look.</summary>
    public bool IsHeldElsewhere { get; private set; }

    /// <summary>
    /// Renews for as long as the work goes on, on a task of its own, since a long step must not cost the lease; then gives it back.
    /// The work looks at <see cref="Token"/> to know whether it leads.
    /// </summary>
    public async Task KeepWhileAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var kept = KeepAsync(over.Token);
        try
        {
            await work(stoppingToken);
        }
        finally
        {
            await over.CancelAsync();
            await kept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await GiveBackAsync();
        }
    }

    /// <summary>Renews, or takes a free or abandoned lease.</summary>
    /// <returns>Whether the lease is held now.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (Token is { } mine)
        {
            var renewed = await db.Set<LeaseRow>()
                .Where(row => row.Name == name && row.Token == mine && row.Holder == me)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Beat, row => row.Beat + 1), cancellationToken);
            if (renewed == 1)
            {
                return true;
            }

            Token = null;
            LiveLog.LeaseLost(log, name);
        }

        return await TakeAsync(db, cancellationToken);
    }

    /// <summary>Gives the lease back, so that the next holder need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (Token is not { } mine)
        {
            return;
        }

        Token = null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Set<LeaseRow>()
            .Where(row => row.Name == name && row.Token == mine)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Holder, ""), cancellationToken);
    }

    /// <summary>
    /// Locks the lease row inside the caller's transaction. A holder that slept through its own replacement gets false and
    /// must write nothing.
    /// </summary>
    public async Task<bool> FenceAsync(OpsDbContext db, CancellationToken cancellationToken) =>
        Token is { } mine && await db.Set<LeaseRow>()
            .Where(row => row.Name == name && row.Token == mine && row.Holder == me)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Beat, row => row.Beat + 1), cancellationToken) == 1;

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HoldAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LiveLog.LeaseFailed(log, name, fault);
            }

            await Task.Delay(RenewEvery, time, stoppingToken);
        }
    }

    private async Task GiveBackAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(ReleaseWithin, time);
            await ReleaseAsync(soon.Token);
        }
        catch (Exception fault)
        {
            // The next holder waits for the lease to stand still instead.
            LiveLog.LeaseFailed(log, name, fault);
        }
    }

    private async Task<bool> TakeAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.Set<LeaseRow>().AsNoTracking().SingleOrDefaultAsync(lease => lease.Name == name, cancellationToken);
        if (row is null)
        {
            return await CreateAsync(db, cancellationToken);
        }

        IsHeldElsewhere = row.Holder.Length > 0 && !ProcessIdentity.IsGone(row.Holder) && !StoodStill(row);
        if (IsHeldElsewhere)
        {
            return false;
        }

        var taken = await db.Set<LeaseRow>()
            .Where(lease => lease.Name == name && lease.Token == row.Token && lease.Beat == row.Beat)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(lease => lease.Holder, me)
                    .SetProperty(lease => lease.Token, row.Token + 1)
                    .SetProperty(lease => lease.Beat, row.Beat + 1),
                cancellationToken);
        return taken == 1 && Accept(row.Token + 1);
    }

    private async Task<bool> CreateAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        db.Add(new LeaseRow { Name = name, Holder = me, Token = 1, Beat = 1 });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Accept(1);
        }
        catch (DbUpdateException)
        {
            // Another process created it in the same moment; it is the holder and the next call will see it.
            return false;
        }
    }

    private bool Accept(long token)
    {
        Token = token;
        observed = null;
        LiveLog.LeaseTaken(log, name, token);
        return true;
    }

    private bool StoodStill(LeaseRow row)
    {
        if (observed is { } last && last.Token == row.Token && last.Beat == row.Beat)
        {
            return time.GetElapsedTime(last.SeenAt) > Patience;
        }

        observed = (row.Token, row.Beat, time.GetTimestamp());
        return false;
    }
}
