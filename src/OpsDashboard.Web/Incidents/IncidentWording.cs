using System.Globalization;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Incidents;

/// <summary>How incidents are worded on every screen.</summary>
internal static class IncidentWording
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    public static string Href(long id) => string.Create(CultureInfo.InvariantCulture, $"/incidents/{id}");

    public static string Word(IncidentPhase phase) => phase == IncidentPhase.PostMortem ? "Post-Mortem" : phase.ToString();

    public static string Word(ClockKind clock) => clock switch
    {
        ClockKind.Respond => "Respond",
        ClockKind.SupportRespond => "Answer",
        ClockKind.Triage => "Triage",
        ClockKind.Escalate => "Escalate",
        ClockKind.Communicate => "Next update",
        ClockKind.Resolve => "Resolve",
    };

    public static string Word(ServiceImpact impact) => impact switch
    {
        ServiceImpact.None => "No impact",
        ServiceImpact.Degraded => "Degraded",
        ServiceImpact.PartialOutage => "Partial outage",
        ServiceImpact.MajorOutage => "Major outage",
    };

    public static string Icon(TimelineKind kind) => kind switch
    {
        TimelineKind.Opened or TimelineKind.Reopened => "incidents",
        TimelineKind.Alert => "triangle",
        TimelineKind.Page => "external",
        TimelineKind.Acknowledgement or TimelineKind.Role => "person",
        TimelineKind.Escalation => "arrow-up",
        TimelineKind.Clock or TimelineKind.Milestone => "clock",
        TimelineKind.Phase => "arrow-right",
        TimelineKind.Severity => "octagon",
        TimelineKind.Task => "check",
        TimelineKind.Affected => "objectives",
        TimelineKind.Change => "deploy",
        TimelineKind.Note => "edit",
        TimelineKind.Update => "upload",
        TimelineKind.Merge => "copy",
        TimelineKind.Resolved => "circle-check",
        TimelineKind.PostMortem => "catalog",
        TimelineKind.Snooze => "pause",
        TimelineKind.Undone => "undo",
    };

    /// <summary>What stirs the eye on a timeline; everything else is quiet.</summary>
    public static Tone ToneOf(TimelineKind kind) => kind switch
    {
        TimelineKind.Opened or TimelineKind.Reopened or TimelineKind.Severity => Tone.Bad,
        TimelineKind.Alert or TimelineKind.Escalation => Tone.Warn,
        TimelineKind.Resolved => Tone.Ok,
        TimelineKind.Update => Tone.Info,
        _ => Tone.None,
    };

    /// <summary>Bars of the severity mark: 4 for the worst.</summary>
    public static int Strokes(int rank) => Math.Clamp(4 - rank, 1, 4);

    /// <summary>Markdown as its author wrote it; HTML is shown as text, and links lead only to the web and to mail.</summary>
    public static MarkupString Markdown(string text)
    {
        var document = Markdig.Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !IsHarmless(link.Url)))
        {
            link.Url = "";
        }

        return (MarkupString)document.ToHtml(Pipeline);
    }

    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https" or "mailto");
}
