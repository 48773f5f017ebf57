using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Audit.Reading;

/// <summary>Puts on record that the trail is about to be handed out, and to whom; the export itself only reads.</summary>
public sealed record TellExport : ICommand<Done>
{
    public static Access Access => Access.ReadAudit;
}

internal sealed class TellExportHandler : IRequestHandler<TellExport, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(TellExport request, CancellationToken cancellationToken) => Task.FromResult<Outcome<Done>>(default(Done));
}
