using System.Globalization;
using System.Text;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.PostMortems;

public sealed record ActionItem(long Id, long PostMortemId, string Title, string Owner, DateTimeOffset DueAt, bool IsOverdue, DateTimeOffset? DoneAt, string? DoneBy, int Chased);

/// <summary>A post-mortem with what it is about.</summary>
public sealed record PostMortem
{
    public required long Id { get; init; }

    public required long IncidentId { get; init; }

    /// <summary>#incident-YYYY-MM-DD-XXX.</summary>
    public required string IncidentName { get; init; }

    public required string Title { get; init; }

    public required string Platform { get; init; }

    public required string Severity { get; init; }

    public required PostMortemState State { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required bool IsOverdue { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>Open ones first, then by due day.</summary>
    public required IReadOnlyList<ActionItem> Items { get; init; }

    /// <summary>The whole document, to be kept elsewhere.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Post-mortem: {Title}\n\n{IncidentName} · {Severity} · {Platform} · {State switch { PostMortemState.Draft => "draft", PostMortemState.InReview => "in review", PostMortemState.Published => "published" }}\n\n");
        text.Append(Text.TrimEnd()).Append("\n\n## Action items\n\n");
        if (Items.Count == 0)
        {
            text.Append("None.\n");
        }

        foreach (var item in Items)
        {
            text.Append(CultureInfo.InvariantCulture, $"- [{(item.DoneAt is null ? ' ' : 'x')}] {item.Title} ({item.Owner}, due {item.DueAt.AddTicks(-1).UtcDateTime:yyyy-MM-dd})\n");
        }

        return text.ToString();
    }

    /// <summary>The whole document on paper. The same version gives the same bytes.</summary>
    public byte[] ToPdf() => PostMortemDocument.Write(this);

    internal static PostMortem Of(PostMortemRow row, IncidentRow incident, long now) => new()
    {
        Id = row.Id,
        IncidentId = incident.Id,
        IncidentName = incident.Name,
        Title = incident.Title,
        Platform = incident.Platform,
        Severity = incident.Severity,
        State = row.State,
        Text = row.Text,
        OpenedAt = Instants.ToInstant(row.OpenedAtMs),
        DueAt = Instants.ToInstant(row.DueAtMs),
        IsOverdue = row.State != PostMortemState.Published && row.DueAtMs <= now,
        PublishedAt = row.PublishedAtMs is { } at ? Instants.ToInstant(at) : null,
        UpdatedBy = row.UpdatedBy,
        UpdatedAt = Instants.ToInstant(row.UpdatedAtMs),
        Version = row.Version,
        Items = [.. row.Items.OrderBy(item => item.DoneAtMs is not null).ThenBy(item => item.DueAtMs).ThenBy(item => item.Id).Select(item => Of(item, now))],
    };

    private static ActionItem Of(ActionItemRow row, long now) => new(
        row.Id,
        row.PostMortemId,
        row.Title,
        row.Owner,
        Instants.ToInstant(row.DueAtMs),
        row.DoneAtMs is null && row.DueAtMs <= now,
        row.DoneAtMs is { } done ? Instants.ToInstant(done) : null,
        row.DoneBy,
        row.Chased);
}
