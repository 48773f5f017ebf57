namespace OpsDashboard.Web.Ui;

/// <summary>One step of the way to a page; the last has no address.</summary>
public sealed record Crumb(string Label, string? Href = null);

/// <summary>One choice of a few that is kept in the URL.</summary>
/// <param name="Count">How many things the choice would show; null where it is not counted.</param>
public sealed record LinkOption(string Label, string Href, bool Current = false, int? Count = null);
