using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>When a person is left alone by pages of the lower severities: those wait for the end of these hours. The upper two are never held back.</summary>
/// <param name="Hours">Null: none.</param>
public sealed record SetQuietHours(string PersonId, QuietHours? Hours) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class SetQuietHoursValidator : AbstractValidator<SetQuietHours>
{
    public SetQuietHoursValidator() => When(set => set.Hours is not null, () =>
    {
        RuleFor(set => set.Hours!.Zone).Must(QuietHours.IsZone).WithErrorCode("zone.known").WithMessage("A zone such as Europe/Berlin.").OverridePropertyName("Zone");
        RuleFor(set => set.Hours!.FromMinute).InclusiveBetween(0, QuietHours.MinutesOfDay - 1).WithErrorCode("from.range").WithMessage("A time of day.").OverridePropertyName("From");
        RuleFor(set => set.Hours!.ToMinute).InclusiveBetween(0, QuietHours.MinutesOfDay - 1).WithErrorCode("to.range").WithMessage("A time of day.").OverridePropertyName("To");
        RuleFor(set => set.Hours!.ToMinute).NotEqual(set => set.Hours!.FromMinute).WithErrorCode("to.differs").WithMessage("Quiet hours end at another time than they begin.").OverridePropertyName("To");
    });
}

internal sealed class SetQuietHoursHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SetQuietHours, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SetQuietHours request, CancellationToken cancellationToken)
    {
        if (ContactRight.Objection(caller.Current, request.PersonId) is { } objection)
        {
            return objection;
        }

        var row = await db.Set<QuietHoursRow>().SingleOrDefaultAsync(row => row.PersonId == request.PersonId, cancellationToken);
        switch (row, request.Hours)
        {
            case (not null, null):
                db.Remove(row);
                break;
            case (null, { } hours):
                db.Add(new QuietHoursRow { PersonId = request.PersonId, Zone = hours.Zone, FromMinute = hours.FromMinute, ToMinute = hours.ToMinute });
                break;
            case ({ } known, { } hours):
                (known.Zone, known.FromMinute, known.ToMinute) = (hours.Zone, hours.FromMinute, hours.ToMinute);
                break;
        }

        db.Announce(time.NowMs(), ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
