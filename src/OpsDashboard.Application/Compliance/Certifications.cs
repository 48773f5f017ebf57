using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Compliance;

/// <summary>Where a certification stands.</summary>
public enum CertificationState
{
    Planned,
    InProgress,
    Active,
    Expired,
}

/// <param name="When">Of the state, as a person says it: Q1 2026.</param>
/// <param name="ChangedAt">Null: as the contract says.</param>
public sealed record Certification(string Id, string Name, CertificationState State, string When, string Note, DateTimeOffset? ChangedAt, string? Author);

/// <summary>Says where a certification stands; the product cannot know it.</summary>
public sealed record ChangeCertification(string Id, CertificationState State, string When, string Note) : ICommand<Done>
{
    public const int MaxWhenLength = 40;
    public const int MaxNoteLength = 500;

    public static Access Access => Access.Administer;
}

internal sealed class ChangeCertificationValidator : AbstractValidator<ChangeCertification>
{
    public ChangeCertificationValidator()
    {
        RuleFor(request => request.Id).Must(id => CertificationBook.Shipped.Any(one => one.Id == id)).WithErrorCode("id.known").WithMessage("There is no such certification.");
        RuleFor(request => request.State).IsInEnum().WithErrorCode("state.known").WithMessage("Choose where it stands.");
        RuleFor(request => request.When).MaximumLength(ChangeCertification.MaxWhenLength).WithErrorCode("when.tooLong").WithMessage($"At most {ChangeCertification.MaxWhenLength} characters.");
        RuleFor(request => request.Note).MaximumLength(ChangeCertification.MaxNoteLength).WithErrorCode("note.tooLong").WithMessage($"At most {ChangeCertification.MaxNoteLength} characters.");
    }
}

internal sealed class ChangeCertificationHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<ChangeCertification, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeCertification request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<CertificationRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            row = new CertificationRow { Id = request.Id, Name = CertificationBook.Shipped.First(one => one.Id == request.Id).Name, State = request.State, When = "", Note = "", ChangedAtMs = now, Author = "" };
            db.Add(row);
        }

        (row.State, row.When, row.Note, row.ChangedAtMs, row.Author) = (request.State, request.When.Trim(), request.Note.Trim(), now, caller.Current.Name);
        db.Announce(now, (ComplianceTopic.Name, "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

/// <summary>The certifications the contracts name, and what was said of them since.</summary>
internal static class CertificationBook
{
    public static IReadOnlyList<Certification> Shipped { get; } =
    [
        new("soc-2", "SOC 2 Type II", CertificationState.InProgress, "Q1 2026", "", null, null),
        new("iso-27001", "ISO 27001", CertificationState.Planned, "Q2 2026", "", null, null),
        new("gdpr", "GDPR", CertificationState.Active, "", "", null, null),
        new("hipaa", "HIPAA", CertificationState.Active, "", "", null, null),
    ];

    public static async Task<IReadOnlyList<Certification>> ReadAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var said = await db.Set<CertificationRow>().AsNoTracking().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. Shipped.Select(one => said.TryGetValue(one.Id, out var row)
                ? new Certification(row.Id, row.Name, row.State, row.When, row.Note, Instants.ToInstant(row.ChangedAtMs), row.Author)
                : one),
        ];
    }
}

internal static class ComplianceTopic
{
    public const string Name = "compliance";
}
