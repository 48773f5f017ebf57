using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Changes how a probe calls. Its name and kind stay, since its SLIs carry what was measured under them.</summary>
/// <param name="Id">Path platform/service/probe.</param>
public sealed record ChangeProbe(string Id, ProbeDefinition Probe) : ICommand<string>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

internal sealed class ChangeProbeHandler(OpsDbContext db, TimeProvider time, IOptions<ProbesOptions> options) : IRequestHandler<ChangeProbe, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(ChangeProbe request, CancellationToken cancellationToken)
    {
        var row = await db.Set<ProbeRow>().SingleOrDefaultAsync(probe => probe.Path == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound($"The probe {request.Id}");
        }

        var faults = request.Probe.Check();
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        if (request.Probe.Id != row.Path)
        {
            return Failure.Invalid("/name", "name.fixed", $"The probe stays {row.Path}: its SLIs are named after it.");
        }

        if (request.Probe.Kind != row.ReadDefinition().Kind)
        {
            return Failure.Invalid("/kind", "kind.fixed", "The kind of a probe stays: what it measured so far would mean something else.");
        }

        if (ProbeTarget.RefusedAtSight(request.Probe, options.Value) is { } refusal)
        {
            return refusal;
        }

        row.Definition = JsonSerializer.Serialize(request.Probe, StoreJson.Options);
        db.Announce(time.NowMs(), ("catalog", "all"), (ProbeRecorder.Topic, ProbeRecorder.Key));
        await db.SaveChangesAsync(cancellationToken);
        return row.Path;
    }
}
