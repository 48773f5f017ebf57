using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Starts to call a target, and creates the SLIs its results go to.</summary>
public sealed record AddProbe(ProbeDefinition Probe) : ICommand<string>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Service(Probe.Platform, Probe.Service));
}

internal sealed class AddProbeHandler(OpsDbContext db, TimeProvider time, IOptions<ProbesOptions> options) : IRequestHandler<AddProbe, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(AddProbe request, CancellationToken cancellationToken)
    {
        var probe = request.Probe;
        var faults = probe.Check();
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        if (ProbeTarget.RefusedAtSight(probe, options.Value) is { } refusal)
        {
            return refusal;
        }

        if (await db.Set<ProbeRow>().AnyAsync(row => row.Path == probe.Id, cancellationToken))
        {
            return Failure.Invalid("/name", "name.taken", $"There already is a probe {probe.Id}.");
        }

        if (await db.Set<ProbeRow>().CountAsync(cancellationToken) >= options.Value.MaxProbes)
        {
            return Failure.Conflict($"There already are {options.Value.MaxProbes} probes, the most there may be.");
        }

        var measure = probe.Kind == ProbeKind.Tls ? SliKind.Value : SliKind.Latency;
        if (await TakenAsync(probe, measure, cancellationToken) is { } taken)
        {
            return Failure.Invalid("/name", "name.sli", $"The SLI {taken} exists and is measured by something else.");
        }

        var availability = await db.PutSliAsync(ToSli(probe, probe.AvailabilityName, SliKind.Ratio, null), cancellationToken);
        var second = await db.PutSliAsync(ToSli(probe, probe.MeasureName, measure, probe.Kind == ProbeKind.Tls ? "days" : "ms"), cancellationToken);
        db.Add(new ProbeRow
        {
            Path = probe.Id,
            Definition = JsonSerializer.Serialize(probe, StoreJson.Options),
            AvailabilitySeriesId = availability.SeriesId,
            MeasureSeriesId = second.SeriesId,
        });
        db.Announce(time.NowMs(), ("catalog", "all"), (ProbeRecorder.Topic, ProbeRecorder.Key));
        await db.SaveChangesAsync(cancellationToken);
        return probe.Id;
    }

    /// <summary>SLIs a removed probe of the same name left behind are taken up again.</summary>
    private async Task<string?> TakenAsync(ProbeDefinition probe, SliKind measure, CancellationToken cancellationToken)
    {
        foreach (var (name, kind) in new[] { (probe.AvailabilityName, SliKind.Ratio), (probe.MeasureName, measure) })
        {
            var id = $"{probe.Platform}/{probe.Service}/{name}";
            if (await db.FindSliAsync(id, cancellationToken) is { } sli
                && (sli.Definition.Kind != kind || sli.Definition.Source is not SliSource.Probed probed || probed.Probe != probe.Id))
            {
                return id;
            }
        }

        return null;
    }

    private static SliDefinition ToSli(ProbeDefinition probe, string name, SliKind kind, string? unit) => new()
    {
        Id = $"{probe.Platform}/{probe.Service}/{name}",
        Platform = probe.Platform,
        Service = probe.Service,
        Name = name,
        Kind = kind,
        Unit = unit,
        Source = new SliSource.Probed(probe.Id),
    };
}

/// <summary>Stops calling a target. Its SLIs stay with what was measured.</summary>
public sealed record RemoveProbe(string Id) : ICommand<Done>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

internal sealed class RemoveProbeHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<RemoveProbe, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveProbe request, CancellationToken cancellationToken)
    {
        var row = await db.Set<ProbeRow>().SingleOrDefaultAsync(row => row.Path == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound($"The probe {request.Id}");
        }

        db.Remove(row);
        db.Announce(time.NowMs(), ("catalog", "all"), (ProbeRecorder.Topic, ProbeRecorder.Key));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
