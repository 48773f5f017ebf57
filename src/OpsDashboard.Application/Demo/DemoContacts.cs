using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Application.Demo;

/// <summary>How the story's people would be reached: by mailboxes nobody has. A mail server stays for the visitor to set up.</summary>
internal sealed class DemoContacts(ContactRecord record) : IDemoChapter
{
    private static readonly QuietHours Night = new("Europe/Berlin", 22 * 60, 7 * 60);

    private static readonly RecordedContact[] Contacts =
    [
        new("engineer-serving-team", "engineer-serving", 0, Night),
        new("engineer-mesh-team", "engineer-mesh", 0, null),
        new("engineer-identity-team", "engineer-identity", 0, Night),
        new("engineer-features-team", "engineer-features", 0, null),
        new("lead-serving-team", "lead-serving", 5, Night),
        new("lead-mesh-team", "lead-mesh", 5, null),
        new("architect-on-duty", "architect", 0, null),
        new("operations-manager", "operations", 0, null),
        new("support-lead", "support", 0, null),
    ];

    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken) =>
        record.ReplaceAsync(Contacts, nowMs, cancellationToken);

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync([], nowMs, cancellationToken);
}
