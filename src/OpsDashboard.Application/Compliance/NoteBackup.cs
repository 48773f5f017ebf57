using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Compliance;

/// <summary>Says that the store was copied: by whoever copies it, when it is done.</summary>
/// <param name="At">When the copy was begun; null: now.</param>
public sealed record NoteBackup(string Place, long? Bytes = null, DateTimeOffset? At = null) : ICommand<BackupNote>
{
    public const int MaxPlaceLength = 300;

    public static Access Access => Access.Administer;
}

public sealed record BackupNote(int Id, DateTimeOffset At, string Place, long? Bytes, string Author);

internal sealed class NoteBackupValidator : AbstractValidator<NoteBackup>
{
    public NoteBackupValidator(TimeProvider time)
    {
        RuleFor(request => request.Place).Must(place => !string.IsNullOrWhiteSpace(place)).WithErrorCode("place.required").WithMessage("Say where the copy lies.");
        RuleFor(request => request.Place).MaximumLength(NoteBackup.MaxPlaceLength).WithErrorCode("place.tooLong").WithMessage($"At most {NoteBackup.MaxPlaceLength} characters.");
        RuleFor(request => request.Bytes).GreaterThan(0).WithErrorCode("bytes.positive").WithMessage("An empty copy is none.");
        RuleFor(request => request.At).LessThanOrEqualTo(time.GetUtcNow()).WithErrorCode("at.past").WithMessage("At or before now.");
    }
}

internal sealed class NoteBackupHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<NoteBackup, Outcome<BackupNote>>
{
    public async Task<Outcome<BackupNote>> Handle(NoteBackup request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = new BackupRow
        {
            AtMs = request.At?.ToUnixTimeMilliseconds() ?? now,
            Place = request.Place.Trim(),
            Bytes = request.Bytes,
            Author = caller.Current.Name,
        };
        db.Add(row);
        db.Announce(now, (ComplianceTopic.Name, "all"));
        await db.SaveChangesAsync(cancellationToken);
        return Describe(row);
    }

    internal static BackupNote Describe(BackupRow row) => new(row.Id, Instants.ToInstant(row.AtMs), row.Place, row.Bytes, row.Author);
}
