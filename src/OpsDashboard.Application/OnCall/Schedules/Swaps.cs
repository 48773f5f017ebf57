using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>Asks someone to take over a time one is on call, in exchange for a time of theirs or for nothing.</summary>
public sealed record RequestSwap : ICommand<SwapSummary>
{
    public static Access Access => Access.Respond;

    public required string Schedule { get; init; }

    public required string Position { get; init; }

    /// <summary>Who gives the time away; null: who asks.</summary>
    public string? From { get; init; }

    public required string To { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>What is taken in exchange; null: nothing.</summary>
    public DateTimeOffset? ReturnStart { get; init; }

    public DateTimeOffset? ReturnEnd { get; init; }

    public string? Reason { get; init; }
}

public enum SwapAnswer
{
    /// <summary>By whom it was asked of.</summary>
    Accept,

    /// <summary>By whom it was asked of.</summary>
    Decline,

    /// <summary>By who asked.</summary>
    Withdraw,
}

/// <summary>Only an accepted swap changes the schedule, and only if the times are still theirs to give.</summary>
public sealed record AnswerSwap(int Id, SwapAnswer Answer) : ICommand<SwapSummary>
{
    public static Access Access => Access.Respond;
}

/// <summary>Requests that still wait for an answer and lie ahead, the earliest first.</summary>
public sealed record ListSwaps : IQuery<IReadOnlyList<SwapSummary>>
{
    public static Access Access => Access.View;
}

public sealed record SwapSummary(
    int Id,
    string Schedule,
    string Position,
    PersonRef From,
    PersonRef To,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset? ReturnStart,
    DateTimeOffset? ReturnEnd,
    string? Reason,
    string State);

internal sealed class RequestSwapHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<RequestSwap, Outcome<SwapSummary>>
{
    public async Task<Outcome<SwapSummary>> Handle(RequestSwap request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var book = await ScheduleBook.ReadAsync(db, now, cancellationToken, request.Schedule);
        var row = Row(request, now);
        var faults = Faults(book, row, now);
        if (request.Reason?.Length > 500)
        {
            faults.Add(new Fault("/reason", "reason.tooLong", "At most 500 characters."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        db.Add(row);
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return Describe(row, book);
    }

    private SwapRow Row(RequestSwap request, long now) => new()
    {
        ScheduleId = request.Schedule,
        Position = request.Position,
        FromPersonId = request.From ?? caller.Current.PersonId ?? "",
        ToPersonId = request.To,
        StartMs = request.Start.ToUnixTimeMilliseconds(),
        EndMs = request.End.ToUnixTimeMilliseconds(),
        ReturnStartMs = request.ReturnStart?.ToUnixTimeMilliseconds(),
        ReturnEndMs = request.ReturnEnd?.ToUnixTimeMilliseconds(),
        Reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim(),
        State = SwapState.Requested,
        CreatedAtMs = now,
    };

    private static List<Fault> Faults(ScheduleBook book, SwapRow row, long now)
    {
        var faults = AddOverrideHandler.SpanFaults(row.StartMs, row.EndMs, now);
        AddOverrideHandler.CheckPlace(book, row.ScheduleId, row.Position, row.StartMs, row.EndMs, faults);
        AddOverrideHandler.CheckPerson(book, row.ToPersonId, "/to", row.StartMs, row.EndMs, faults);
        if (row.FromPersonId.Length == 0)
        {
            faults.Add(new Fault("/from", "from.required", "Say who you are first, or who gives the time away."));
        }

        if (row.FromPersonId == row.ToPersonId)
        {
            faults.Add(new Fault("/to", "to.other", "Someone else."));
        }

        if (row.ReturnStartMs is null != row.ReturnEndMs is null)
        {
            faults.Add(new Fault("/returnEnd", "return.both", "A start and an end, or neither."));
        }
        else if (row is { ReturnStartMs: { } start, ReturnEndMs: { } end })
        {
            faults.AddRange(AddOverrideHandler.SpanFaults(start, end, now, "return"));
        }

        if (faults.Count == 0)
        {
            faults.AddRange(NotTheirs(book, row));
        }

        return faults;
    }

    /// <summary>What of a swap its people cannot give: it is not theirs, or not all of it.</summary>
    public static IEnumerable<Fault> NotTheirs(ScheduleBook book, SwapRow row)
    {
        var plan = book.Schedules.Single(one => one.Id == row.ScheduleId).Plan;
        if (!Holds(plan, row.Position, row.FromPersonId, row.StartMs, row.EndMs))
        {
            yield return new Fault("/start", "start.theirs", $"{Name(book, row.FromPersonId)} is not on call for all of that time.");
        }

        if (row is { ReturnStartMs: { } start, ReturnEndMs: { } end } && !Holds(plan, row.Position, row.ToPersonId, start, end))
        {
            yield return new Fault("/returnStart", "returnStart.theirs", $"{Name(book, row.ToPersonId)} is not on call for all of that time.");
        }
    }

    public static SwapSummary Describe(SwapRow row, ScheduleBook book) => new(
        row.Id,
        row.ScheduleId,
        row.Position,
        new PersonRef(row.FromPersonId, Name(book, row.FromPersonId)),
        new PersonRef(row.ToPersonId, Name(book, row.ToPersonId)),
        Instants.ToInstant(row.StartMs),
        Instants.ToInstant(row.EndMs),
        row.ReturnStartMs is { } start ? Instants.ToInstant(start) : null,
        row.ReturnEndMs is { } end ? Instants.ToInstant(end) : null,
        row.Reason,
        row.State.ToString());

    private static string Name(ScheduleBook book, string id) => book.People.TryGetValue(id, out var person) ? person.Name : id;

    private static bool Holds(OnCallSchedule plan, string position, string person, long start, long end) =>
        plan.Render(position, Instant.FromUnixTimeMilliseconds(start), Instant.FromUnixTimeMilliseconds(end)).Final is { Count: > 0 } final
        && final.All(shift => shift.Person == person);
}

internal sealed class AnswerSwapHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<AnswerSwap, Outcome<SwapSummary>>
{
    public async Task<Outcome<SwapSummary>> Handle(AnswerSwap request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<SwapRow>().SingleOrDefaultAsync(one => one.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("The swap");
        }

        var person = request.Answer == SwapAnswer.Withdraw ? row.FromPersonId : row.ToPersonId;
        if (caller.Current.PersonId != person)
        {
            return Failure.Conflict(request.Answer == SwapAnswer.Withdraw ? "Only who asked can withdraw it." : "Only whom it was asked of can answer it.");
        }

        if (row.State != SwapState.Requested)
        {
            return Failure.Conflict($"It was {row.State.ToString().ToLowerInvariant()} already.");
        }

        var book = await ScheduleBook.ReadAsync(db, now, cancellationToken, row.ScheduleId);
        if (request.Answer == SwapAnswer.Accept && Refusal(book, row, now) is { } refusal)
        {
            return Failure.Conflict(refusal);
        }

        await DecideAsync(row, request.Answer, now, cancellationToken);
        return RequestSwapHandler.Describe(row, book);
    }

    private static string? Refusal(ScheduleBook book, SwapRow row, long now) =>
        Math.Min(row.StartMs, row.ReturnStartMs ?? long.MaxValue) < now ? "It came too late: the time has begun."
        : RequestSwapHandler.NotTheirs(book, row).FirstOrDefault() is { } fault ? $"The schedule has changed since: {fault.Message}"
        : null;

    private async Task DecideAsync(SwapRow row, SwapAnswer answer, long now, CancellationToken cancellationToken)
    {
        row.State = answer switch
        {
            SwapAnswer.Accept => SwapState.Accepted,
            SwapAnswer.Decline => SwapState.Declined,
            SwapAnswer.Withdraw => SwapState.Withdrawn,
        };
        row.DecidedAtMs = now;
        if (answer == SwapAnswer.Accept)
        {
            db.Add(Override(row, row.ToPersonId, row.StartMs, row.EndMs, now));
            if (row is { ReturnStartMs: { } start, ReturnEndMs: { } end })
            {
                db.Add(Override(row, row.FromPersonId, start, end, now));
            }

            await db.Set<ScheduleRow>().Where(schedule => schedule.Id == row.ScheduleId)
                .ExecuteUpdateAsync(set => set.SetProperty(schedule => schedule.UpdatedAtMs, now), cancellationToken);
        }

        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private OverrideRow Override(SwapRow row, string person, long start, long end, long now) => new()
    {
        ScheduleId = row.ScheduleId,
        Position = row.Position,
        PersonId = person,
        StartMs = start,
        EndMs = end,
        Reason = "Swap",
        SwapId = row.Id,
        Author = caller.Current.Name,
        CreatedAtMs = now,
        UpdatedAtMs = now,
    };
}

internal sealed class ListSwapsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListSwaps, Outcome<IReadOnlyList<SwapSummary>>>
{
    private const int MaxListed = 200;

    public async Task<Outcome<IReadOnlyList<SwapSummary>>> Handle(ListSwaps request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<SwapRow>().AsNoTracking().Where(row => row.State == SwapState.Requested && row.EndMs > now)
            .OrderBy(row => row.StartMs).Take(MaxListed).ToListAsync(cancellationToken);
        var book = rows.Count == 0 ? null : await ScheduleBook.ReadAsync(db, now, cancellationToken);
        return rows.ConvertAll(row => RequestSwapHandler.Describe(row, book!));
    }
}
