using System.Globalization;
using OpsDashboard.Application.Platform.Documents;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>A post-mortem on paper: what it is about, its text, what is to be done.</summary>
internal static class PostMortemDocument
{
    public static byte[] Write(PostMortem postMortem)
    {
        var writer = new DocumentWriter(new DocumentFacts
        {
            Title = $"Post-mortem: {postMortem.Title}",
            Subject = $"{postMortem.IncidentName}, {postMortem.Severity} on {postMortem.Platform}",
            Footer = $"{postMortem.IncidentName} · version {postMortem.Version.ToString(CultureInfo.InvariantCulture)} of {Words.Instant(postMortem.UpdatedAt.ToUnixTimeMilliseconds())}",
            CreatedAt = postMortem.UpdatedAt,
        });
        writer.Title($"Post-mortem: {postMortem.Title}", $"{postMortem.IncidentName} · {postMortem.Severity} · {postMortem.Platform}");
        writer.Pairs([
            ("State", State(postMortem)),
            ("Opened", Words.Instant(postMortem.OpenedAt.ToUnixTimeMilliseconds())),
            ("Last edited", $"{Words.Instant(postMortem.UpdatedAt.ToUnixTimeMilliseconds())} by {postMortem.UpdatedBy}"),
        ]);
        DocumentMarkdown.Write(writer, postMortem.Text, under: 1);
        writer.Heading(2, "Action items");
        if (postMortem.Items.Count == 0)
        {
            writer.Paragraph("None.");
        }
        else
        {
            writer.Table(Items(postMortem.Items));
        }

        return writer.ToPdf();
    }

    private static RichText State(PostMortem postMortem) => postMortem.State switch
    {
        PostMortemState.Draft => Unfinished("Draft", postMortem),
        PostMortemState.InReview => Unfinished("In review", postMortem),
        PostMortemState.Published => postMortem.PublishedAt is { } at ? $"Published {Words.Instant(at.ToUnixTimeMilliseconds())}" : "Published",
    };

    private static RichText Unfinished(string word, PostMortem postMortem)
    {
        var due = Words.Instant(postMortem.DueAt.ToUnixTimeMilliseconds());
        return postMortem.IsOverdue ? RichText.Coloured($"{word}, overdue since {due}", DocumentColour.Bad, TextStyle.Bold) : $"{word}, due {due}";
    }

    private static DocumentTable Items(IReadOnlyList<ActionItem> items) => new(
        [new DocumentColumn("What is to be done", 5), new DocumentColumn("Owner", 2), new DocumentColumn("Due", 1.4), new DocumentColumn("State", 2)],
        [.. items.Select(item => new DocumentLine([item.Title, item.Owner, Day(item.DueAt), Progress(item)]))]);

    private static RichText Progress(ActionItem item) =>
        item.DoneAt is { } done ? $"Done {done.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(item.DoneBy is { } by ? $" by {by}" : null)}"
        : item.IsOverdue ? RichText.Coloured("Overdue", DocumentColour.Bad, TextStyle.Bold)
        : "Open";

    /// <summary>The last day on which it is in time.</summary>
    private static string Day(DateTimeOffset end) => end.AddTicks(-1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
