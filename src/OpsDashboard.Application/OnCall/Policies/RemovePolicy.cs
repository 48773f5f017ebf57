using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Takes an escalation policy away. Not one that a contract asks for, and not while anything goes by it.</summary>
public sealed record RemovePolicy(string Id) : ICommand<string>
{
    public static Access Access => Access.Administer;
}

/// <summary>A policy is about to be removed; whoever goes by it says so.</summary>
public sealed record PolicyRemoval(string PolicyId) : INotification
{
    private readonly List<string> objections = [];

    public IReadOnlyList<string> Objections => objections;

    /// <param name="use">What goes by it: "the open incident X".</param>
    public void Object(string use) => objections.Add(use);
}

internal sealed class RemovePolicyHandler(OpsDbContext db, IMediator mediator, TimeProvider time) : IRequestHandler<RemovePolicy, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(RemovePolicy request, CancellationToken cancellationToken)
    {
        if (await db.Set<PolicyRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The escalation policy \"{request.Id}\"");
        }

        if (row.Document is not null || row.Path == EscalationPath.CatchAll)
        {
            return Failure.Conflict(row.Document is null ? "Somebody must be there when nobody else is: change it instead." : $"A contract asks for it ({row.Document}, {row.Section}): change it instead.");
        }

        var removal = new PolicyRemoval(row.Id);
        await mediator.Publish(removal, cancellationToken);
        if (removal.Objections.Count > 0)
        {
            return Failure.Conflict($"{row.Name} is in use: {string.Join("; ", removal.Objections)}.");
        }

        db.Remove(row);
        db.AnnounceOnCall(time.NowMs());
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }
}
