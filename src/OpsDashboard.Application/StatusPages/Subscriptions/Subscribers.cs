using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

internal static class Subscribers
{
    public static string AddressHash(string page, SubscriberKind kind, string address) =>
        SubscriptionTokens.Hash($"{page}\n{kind}\n{(kind == SubscriberKind.Email ? address.ToLowerInvariant() : address)}");

    public static async Task<bool> IsPageAsync(this OpsDbContext db, string page, CancellationToken cancellationToken) =>
        page == StatusSite.All || await db.Set<ComponentRow>().AnyAsync(row => row.Platform == page && row.Shown, cancellationToken);

    /// <summary>Forgets whose it was; the row stays so that its link keeps answering.</summary>
    public static void Leave(this SubscriberRow row)
    {
        row.State = SubscriberState.Gone;
        row.Address = "";
        row.AddressHash = null;
        row.ConfirmHash = null;
    }
}
