using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>One look at who is on call and will be. What was told is remembered in the same transaction as it is sent.</summary>
internal sealed class OnCallRound(OpsDbContext db, IDispatcher dispatcher, OnCallRoster roster, Reachability reachability, PersonalWord word, Managers managers, PublicAddress address, TimeProvider time)
{
    private const string HoldersName = "on-call.holders";
    private const string FindingsName = "on-call.findings";
    private const int MostFindings = 400;

    /// <summary>Somebody else holds a position than at the last look.</summary>
    public async Task<bool> IsHandoverDueAsync(CancellationToken cancellationToken) =>
        !AreSame(await ReadAsync(HoldersName, cancellationToken), (await HeldAsync(cancellationToken)).ToDictionary(one => one.Key, one => one.Position.Person!.Id, StringComparer.Ordinal));

    /// <summary>Whoever took a position over since the last look is sent the hand-over summary.</summary>
    public async Task HandOverAsync(CancellationToken cancellationToken)
    {
        var held = await HeldAsync(cancellationToken);
        var before = await ReadAsync(HoldersName, cancellationToken);
        var taken = before is null ? [] : held.Where(one => before.GetValueOrDefault(one.Key) != one.Position.Person!.Id).ToList();
        if (taken.Count > 0 && await dispatcher.Send(new GetHandoverNotes(), cancellationToken) is { Succeeded: true } notes)
        {
            var atMs = time.NowMs();
            foreach (var (key, schedule, position) in taken)
            {
                var until = position.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "with no end in sight";
                await word.SendAsync(
                    position.Person!.Id,
                    string.Create(CultureInfo.InvariantCulture, $"handover/{key}/{(position.Since?.ToUnixTimeMilliseconds() ?? atMs)}"),
                    $"You are on call: {position.Name} of {schedule.Name}",
                    HandoverText.Write($"{position.Name} of {schedule.Name}", until, notes.Value, address.Link("/oncall")),
                    urgent: false,
                    atMs,
                    cancellationToken);
            }
        }

        await RememberAsync(HoldersName, before, held.ToDictionary(one => one.Key, one => one.Position.Person!.Id, StringComparer.Ordinal), cancellationToken);
    }

    private async Task<IReadOnlyList<(string Key, ScheduleOnCall Schedule, PositionOnCall Position)>> HeldAsync(CancellationToken cancellationToken)
    {
        var now = await dispatcher.Send(new GetOnCall(), cancellationToken);
        return now.Succeeded
            ? [.. now.Value.Schedules.SelectMany(schedule => schedule.Positions.Where(position => position.Person is not null).Select(position => ($"{schedule.Id}/{position.Id}", schedule, position)))]
            : [];
    }

    private static bool AreSame(Dictionary<string, string>? before, Dictionary<string, string> now) =>
        before is not null && before.Count == now.Count && now.All(entry => before.GetValueOrDefault(entry.Key) == entry.Value);

    /// <summary>Gaps and people without a working channel within 14 days: the operations manager is told of each once, and again when it is mended.</summary>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        var before = await ReadAsync(FindingsName, cancellationToken) ?? [];
        var found = await FindingsAsync(before, nowMs, cancellationToken);
        var added = found.Where(finding => !before.ContainsKey(finding.Key)).Select(finding => finding.Value).ToList();
        var mended = before.Where(finding => !found.ContainsKey(finding.Key)).Select(finding => finding.Value).ToList();
        if (added.Count + mended.Count > 0 && await TellAsync(added, mended, found.Count, nowMs, cancellationToken))
        {
            await RememberAsync(FindingsName, before, found, cancellationToken);
        }
    }

    private async Task<Dictionary<string, string>> FindingsAsync(Dictionary<string, string> before, long nowMs, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var gaps = await dispatcher.Send(new FindCoverageGaps(), cancellationToken);
        foreach (var gap in gaps.Succeeded ? gaps.Value.Take(MostFindings) : [])
        {
            var place = $"gap/{gap.Schedule}/{gap.Position}/";
            // One that runs begins now, at every look anew: it stays the one that was told before it began.
            var key = gap.Start.ToUnixTimeMilliseconds() <= nowMs
                ? before.Keys.FirstOrDefault(known => known.StartsWith(place, StringComparison.Ordinal) && Started(known, nowMs)) ?? string.Create(CultureInfo.InvariantCulture, $"{place}{nowMs}")
                : string.Create(CultureInfo.InvariantCulture, $"{place}{gap.Start.ToUnixTimeMilliseconds()}");
            var ends = gap.Lasts ? "with no end in sight" : string.Create(CultureInfo.InvariantCulture, $"to {gap.End.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            found[key] = string.Create(CultureInfo.InvariantCulture, $"nobody is {gap.PositionName} of {gap.ScheduleName} from {gap.Start.UtcDateTime:yyyy-MM-dd HH:mm} {ends}");
        }

        var upcoming = await roster.UpcomingAsync(nowMs, FindCoverageGaps.DaysAhead, cancellationToken);
        var silent = await reachability.UnreachableAsync([.. upcoming.Select(shift => shift.Person.Id)], cancellationToken);
        foreach (var shift in upcoming.Where(shift => silent.Contains(shift.Person.Id, StringComparer.Ordinal)))
        {
            found[$"unreachable/{shift.Person.Id}"] = string.Create(CultureInfo.InvariantCulture, $"{shift.Person.Name} is {shift.Position} of {shift.Schedule} from {shift.Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC and has no working channel");
        }

        return found;
    }

    private static bool Started(string key, long nowMs) => long.TryParse(key.AsSpan(key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture, out var start) && start <= nowMs;

    /// <returns>False: nobody could be told, so it is tried again.</returns>
    private async Task<bool> TellAsync(List<string> added, List<string> mended, int open, long nowMs, CancellationToken cancellationToken)
    {
        var lines = added.Select(line => $"- {line}").Concat(mended.Select(line => $"- mended: {line}"));
        var subject = added.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"On-call, the next {FindCoverageGaps.DaysAhead} days: {added.Count} new {(added.Count == 1 ? "finding" : "findings")}")
            : string.Create(CultureInfo.InvariantCulture, $"On-call, the next {FindCoverageGaps.DaysAhead} days: {mended.Count} mended, {open} left");
        var text = $"{string.Join('\n', lines)}\n{address.Link("/oncall")}";
        var told = false;
        foreach (var person in await managers.WhoAsync(nowMs, cancellationToken))
        {
            told |= await word.SendAsync(person.Id, string.Create(CultureInfo.InvariantCulture, $"findings/{nowMs}/{person.Id}"), subject, text, urgent: false, nowMs, cancellationToken);
        }

        return told;
    }

    private async Task<Dictionary<string, string>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is { } row
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(row.Value, StoreJson.Options)
            : null;

    private async Task RememberAsync(string name, Dictionary<string, string>? before, Dictionary<string, string> now, CancellationToken cancellationToken)
    {
        if (AreSame(before, now))
        {
            return;
        }

        var json = JsonSerializer.Serialize(now, StoreJson.Options);
        if (await db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is { } row)
        {
            row.Value = json;
        }
        else
        {
            db.Add(new SettingRow { Name = name, Value = json });
        }
    }
}
