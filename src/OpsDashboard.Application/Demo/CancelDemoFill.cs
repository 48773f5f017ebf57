using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Demo;

/// <summary>No more history is written; what is there stays, and the feed goes on from now.</summary>
public sealed record CancelDemoFill : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class CancelDemoFillHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<CancelDemoFill, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(CancelDemoFill request, CancellationToken cancellationToken)
    {
        var (state, position) = await db.ReadDemoAsync(cancellationToken);
        if (position != DemoSwitch.On || state is { Filling: false })
        {
            return Failure.Conflict("No demo history is being written.");
        }

        await db.PutDemoSwitchAsync(DemoSwitch.FillCancelled, time.NowMs(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
