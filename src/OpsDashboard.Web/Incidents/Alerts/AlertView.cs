using Microsoft.AspNetCore.WebUtilities;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Listing;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>What of the alerts is looked at; the URL holds it.</summary>
public sealed record AlertView(bool Resolved, string? Platform, AlertLevel? Level, AlertSource? Source, bool? Muted, string? Text)
{
    /// <summary>As the field on the page.</summary>
    private const int MaxText = 100;

    public static AlertView Of(string? state, string? platform, string? level, string? source, string? muted, string? text) => new(
        state == "resolved",
        platform,
        Enum.TryParse<AlertLevel>(level, ignoreCase: true, out var knownLevel) && Enum.IsDefined(knownLevel) ? knownLevel : null,
        Enum.TryParse<AlertSource>(source, ignoreCase: true, out var knownSource) && Enum.IsDefined(knownSource) ? knownSource : null,
        muted switch { "yes" => true, "no" => false, _ => null },
        string.IsNullOrWhiteSpace(text) ? null : text);

    /// <summary>Where an alert is found by its title.</summary>
    public static string HrefOf(string title, bool open) => new AlertView(!open, null, null, null, null, title.Length <= MaxText ? title : title[..MaxText]).Href();

    public ListAlerts ToRequest() => new() { Resolved = Resolved, Platform = Platform, Level = Level, Source = Source, Muted = Muted, Text = Text };

    public bool IsFiltered => this is not { Platform: null, Level: null, Source: null, Muted: null, Text: null };

    public string Href() => QueryHelpers.AddQueryString("/alerts", Parts().Where(part => part.Value is not null));

    private Dictionary<string, string?> Parts() => new(StringComparer.Ordinal)
    {
        ["state"] = Resolved ? "resolved" : null,
        ["platform"] = Platform,
        ["level"] = Level?.ToString().ToLowerInvariant(),
        ["source"] = Source?.ToString().ToLowerInvariant(),
        ["muted"] = Muted switch { true => "yes", false => "no", null => null },
        ["q"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
    };
}
