using MediatR;
using NodaTime;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>Shifts a rotation would make; stores nothing and asks for nobody's existence.</summary>
public sealed record PreviewRotation : IQuery<RotationPreview>
{
    public const int MaxDays = 400;
    public const int MaxShifts = 2_000;

    public static Access Access => Access.View;

    /// <summary>IANA id.</summary>
    public required string Zone { get; init; }

    /// <summary>As <see cref="LayerTerms.Every"/>.</summary>
    public required string Every { get; init; }

    public required string At { get; init; }

    public required string Anchor { get; init; }

    public required IReadOnlyList<string> People { get; init; }

    public IReadOnlyList<RestrictionTerms> Restrictions { get; init; } = [];

    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <param name="Shifts">[start, end), cut at neither end of what was asked for.</param>
public sealed record RotationPreview(IReadOnlyList<PreviewedShift> Shifts);

public sealed record PreviewedShift(DateTimeOffset Start, DateTimeOffset End, string Person);

internal sealed class PreviewRotationHandler : IRequestHandler<PreviewRotation, Outcome<RotationPreview>>
{
    public Task<Outcome<RotationPreview>> Handle(PreviewRotation request, CancellationToken cancellationToken) => Task.FromResult(Preview(request));

    private static Outcome<RotationPreview> Preview(PreviewRotation request)
    {
        var faults = new List<Fault>();
        var zone = ScheduleReading.Zone(request.Zone, "/zone", faults);
        if (request.People is not { Count: >= 1 and <= Rotation.MaxPeople } || request.People.Any(string.IsNullOrWhiteSpace))
        {
            faults.Add(new Fault("/people", "people.count", $"1 to {Rotation.MaxPeople} people."));
        }

        if (request.Restrictions is null || request.Restrictions.Count > RestrictionTerms.MaxRestrictions || request.Restrictions.Any(one => one?.Days is null))
        {
            faults.Add(new Fault("/restrictions", "restrictions.count", $"A list of at most {RestrictionTerms.MaxRestrictions}."));
        }

        if (request.To <= request.From || request.To - request.From > TimeSpan.FromDays(PreviewRotation.MaxDays) || request.From.Year < 2000 || request.To.Year > 2099)
        {
            faults.Add(new Fault("/to", "to.range", $"After the start, within {PreviewRotation.MaxDays} days of it, from 2000 to 2099."));
        }

        var terms = new LayerTerms
        {
            Name = "preview",
            Every = request.Every,
            At = request.At,
            Anchor = request.Anchor,
            People = request.People ?? [],
            Restrictions = faults.Exists(fault => fault.Pointer == "/restrictions") ? [] : request.Restrictions!,
        };
        var layer = ScheduleReading.Layer(terms, "", faults);
        return faults.Count > 0 || layer is null || zone is null ? Failure.Invalid(faults) : Shifts(layer, zone, request);
    }

    private static Outcome<RotationPreview> Shifts(OnCallLayer layer, DateTimeZone zone, PreviewRotation request)
    {
        var (from, to) = (Instant.FromDateTimeOffset(request.From), Instant.FromDateTimeOffset(request.To));
        var shifts = layer.Restrictions.Count == 0 ? layer.Rotation.Shifts(zone, from, to) : layer.Shifts(zone, from, to).Select(shift => shift.Part);
        var taken = shifts.Take(PreviewRotation.MaxShifts + 1).ToList();
        return taken.Count > PreviewRotation.MaxShifts
            ? Failure.Invalid("/to", "to.tooMany", $"More than {PreviewRotation.MaxShifts} shifts; ask for less at once.")
            : new RotationPreview([.. taken.Select(shift => new PreviewedShift(shift.Start.ToDateTimeOffset(), shift.End.ToDateTimeOffset(), shift.Person))]);
    }
}
