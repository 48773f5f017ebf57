using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Shell;

/// <summary>One key or chord. js/keys.js reads the same rows from the help dialog, so help and behaviour cannot differ.</summary>
/// <param name="Keys">As js/keys.js matches them: "?", "g o", "mod+k"; null for keys that the browser itself handles.</param>
/// <param name="Shown">The caps, in order.</param>
/// <param name="Act">An act of js/keys.js, or null.</param>
/// <param name="Go">An address, or null.</param>
internal sealed record KeyBinding(string? Keys, IReadOnlyList<string> Shown, string Means, string? Act = null, string? Go = null);

internal static class KeyTable
{
    /// <summary>As far as the caller may go.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<KeyBinding> Keys)> GroupsFor(Caller caller) =>
    [
        ("Everywhere",
        [
            new("mod+k", ["Ctrl or ⌘", "K"], "Go to any page, service or objective", Act: "palette"),
            new("?", ["?"], "Show or hide this help", Act: "help"),
            new("/", ["/"], "Filter the list", Act: "filter"),
            new(null, ["Esc"], "Close what is open, leave a field"),
        ]),
        ("In lists and forms",
        [
            new("j", ["J"], "Next row", Act: "next"),
            new("k", ["K"], "Previous row", Act: "previous"),
            new(null, ["Enter"], "Open the row; on a figure: why this number"),
            new("mod+Enter", ["Ctrl or ⌘", "Enter"], "Save the form", Act: "save"),
        ]),
        ("On an incident",
        [
            new("a", ["A"], "Acknowledge", Act: "row-a"),
            new("e", ["E"], "Escalate now", Act: "row-e"),
            new("u", ["U"], "Write an update", Act: "row-u"),
            new("n", ["N"], "Write a note", Act: "row-n"),
            new("s", ["S"], "Snooze", Act: "row-s"),
            new("r", ["R"], "Resolve", Act: "row-r"),
            new("x", ["X"], "Select", Act: "row-x"),
        ]),
        ("Go to", [.. Navigation.For(caller).Select(place => new KeyBinding($"g {place.Letter}", ["G", char.ToUpperInvariant(place.Letter).ToString()], place.Label, Go: place.Href))]),
    ];
}
