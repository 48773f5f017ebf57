using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>A page in the words of its channel.</summary>
/// <param name="Text">Of a webhook: a JSON object.</param>
internal sealed record PageText(string Subject, string Text, string? Html)
{
    /// <summary>Two concatenated messages, with room for the link.</summary>
    private const int MaxSmsTitle = 160;

    /// <param name="link">Acknowledges.</param>
    /// <param name="incident">Address of the incident's page.</param>
    public static PageText For(Channel channel, PageOwed owed, PersonRef person, string link, string incident)
    {
        var subject = $"[{owed.Severity}] {owed.Title}";
        return channel switch
        {
            Channel.Email => new(subject, Mail(owed, person, link, incident), MailHtml(owed, person, link, incident)),
            Channel.Slack => new(subject, $"{person.Name}: {Why(owed)}\nAcknowledge: {link}\nIncident: {incident}", null),
            Channel.Webhook => new(subject, Hook(owed, person, link, incident), null),
            Channel.Sms or Channel.Push => new(subject, $"{owed.Severity} {Cut(owed.Title, MaxSmsTitle)}. Ack: {link}", null),
            Channel.Voice => new(subject, Spoken(owed, person), null),
        };
    }

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, StoreJson.Options);

    /// <summary>128 bits nobody can guess, fit for a path.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Why(PageOwed owed) => owed.CatchAll
        ? "you are paged because nobody else could be."
        : $"you are paged as {owed.LevelName}{(owed.Cycle > 0 && owed.Level < PageOwed.CatchAllLevel ? string.Create(CultureInfo.InvariantCulture, $", round {owed.Cycle + 1}") : "")}.";

    private static string Mail(PageOwed owed, PersonRef person, string link, string incident) =>
        $"""
        {owed.Severity} on {owed.Platform}: {owed.Title}

        {person.Name}, {Why(owed)}

        Acknowledge (opens a page with a button): {link}
        Incident: {incident}
        """;

    private static string MailHtml(PageOwed owed, PersonRef person, string link, string incident) =>
        $"""
        <!DOCTYPE html>
        <html lang="en"><body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1a1d21;background:#ffffff">
        <p style="margin:0 0 4px;color:#51606f">{WebUtility.HtmlEncode(owed.Severity)} on {WebUtility.HtmlEncode(owed.Platform)}</p>
        <h1 style="margin:0 0 16px;font-size:20px">{WebUtility.HtmlEncode(owed.Title)}</h1>
        <p>{WebUtility.HtmlEncode($"{person.Name}, {Why(owed)}")}</p>
        <p style="margin:24px 0"><a href="{WebUtility.HtmlEncode(link)}" style="background:#0b5cad;color:#ffffff;padding:14px 24px;border-radius:6px;text-decoration:none;font-weight:600">Acknowledge</a></p>
        <p><a href="{WebUtility.HtmlEncode(incident)}" style="color:#0b5cad">Open the incident</a></p>
        </body></html>
        """;

    private static string Hook(PageOwed owed, PersonRef person, string link, string incident) => Json(new
    {
        Type = "page",
        owed.IncidentId,
        owed.Title,
        owed.Platform,
        owed.Severity,
        owed.Urgent,
        owed.Level,
        owed.LevelName,
        owed.Cycle,
        owed.CatchAll,
        Person = new { person.Id, person.Name },
        At = DateTimeOffset.FromUnixTimeMilliseconds(owed.AtMs),
        AcknowledgeUrl = link,
        IncidentUrl = incident,
    });

    private static string Spoken(PageOwed owed, PersonRef person) =>
        $"This is a page of OpsDashboard for {person.Name}. Severity {owed.Severity}. {Cut(owed.Title, MaxSmsTitle)}. Press 1 to acknowledge.";

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
