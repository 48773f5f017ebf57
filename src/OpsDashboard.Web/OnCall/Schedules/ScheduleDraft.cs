using OpsDashboard.Application.OnCall.Schedules;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>A schedule as it is being written; becomes terms whatever is in its fields, and the request tells what is wrong.</summary>
public sealed class ScheduleDraft
{
    public string? Id { get; init; }

    public string Name { get; set; } = "";

    public string Zone { get; set; } = "Europe/Berlin";

    /// <summary>Wall clock of the zone; empty: now.</summary>
    public string EffectiveFrom { get; set; } = "";

    public string Reason { get; set; } = "";

    public List<PositionDraft> Positions { get; } = [];

    public static ScheduleDraft New(string today)
    {
        // The shipped policies call this name's primary and secondary.
        var draft = new ScheduleDraft { Name = "On-call" };
        draft.Positions.Add(new PositionDraft { Id = "primary", Name = "Primary", Layers = { new LayerDraft { Anchor = today } } });
        draft.Positions.Add(new PositionDraft { Id = "secondary", Name = "Secondary", Layers = { new LayerDraft { Anchor = today } } });
        return draft;
    }

    public static ScheduleDraft Of(ScheduleSummary schedule)
    {
        // The latest words on it: an edit builds on what is planned already.
        var version = schedule.Versions[^1];
        var draft = new ScheduleDraft { Id = schedule.Id, Name = schedule.Name, Zone = version.Zone };
        draft.Positions.AddRange(version.Positions.Select(PositionDraft.Of));
        return draft;
    }

    public IReadOnlyList<PositionTerms> Terms() => [.. Positions.Select(position => position.Terms())];
}

public sealed class PositionDraft
{
    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public List<LayerDraft> Layers { get; init; } = [];

    public static PositionDraft Of(PositionTerms terms) => new() { Id = terms.Id, Name = terms.Name, Layers = [.. terms.Layers.Select(LayerDraft.Of)] };

    public PositionTerms Terms() => new() { Id = Id, Name = Name.Trim(), Layers = [.. Layers.Select(layer => layer.Terms())] };
}

public sealed class LayerDraft
{
    public string Name { get; set; } = "Weekly";

    public string Every { get; set; } = "week";

    public string At { get; set; } = "09:00";

    public string Anchor { get; set; } = "";

    public List<string> People { get; init; } = [];

    public List<RestrictionDraft> Restrictions { get; init; } = [];

    public static LayerDraft Of(LayerTerms terms) => new()
    {
        Name = terms.Name,
        Every = terms.Every,
        At = terms.At,
        Anchor = terms.Anchor,
        People = [.. terms.People],
        Restrictions = [.. terms.Restrictions.Select(one => new RestrictionDraft { Days = [.. one.Days], From = one.From, To = one.To })],
    };

    public LayerTerms Terms() => new()
    {
        Name = Name.Trim(),
        Every = Every.Trim(),
        At = At.Trim(),
        Anchor = Anchor.Trim(),
        People = [.. People],
        Restrictions = [.. Restrictions.Select(one => new RestrictionTerms { Days = [.. one.Days], From = one.From.Trim(), To = one.To.Trim() })],
    };
}

public sealed class RestrictionDraft
{
    public HashSet<string> Days { get; init; } = [];

    public string From { get; set; } = "18:00";

    public string To { get; set; } = "08:00";
}
