using OpsDashboard.Application.Compliance;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Compliance;

/// <summary>Compliance for programs: what a backup job notes, and what an auditor's tool reads.</summary>
internal static class ComplianceApi
{
    public static void AddHostEvidence(this IServiceCollection services) => services.AddSingleton<IHostEvidence, HostEvidence>();

    public static void MapComplianceApi(this WebApplication app)
    {
        var compliance = app.MapGroup("/api/v1/compliance").WithTags("compliance").DisableAntiforgery();
        compliance.MapGet("", (IDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.AnswerAsync(new GetCompliance(), cancellationToken)).WithName("GetCompliance");
        compliance.MapPost("check", (IDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.AnswerAsync(new CheckCompliance(), cancellationToken)).WithName("CheckCompliance");
        compliance.MapGet("packages", (IDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.AnswerAsync(new ListPackages(), cancellationToken)).WithName("ListPackages");
        compliance.MapPost("backups", NoteAsync).WithName("NoteBackup").Accepts<NoteBackup>("application/json");
        compliance.MapPut("certifications/{id}", ChangeAsync).WithName("ChangeCertification").Accepts<Standing>("application/json");
    }

    private static Task<IResult> NoteAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) =>
        request.WithBodyAsync<NoteBackup>((note, _) => () => dispatcher.AnswerAsync(note, cancellationToken, StatusCodes.Status201Created), cancellationToken);

    private static Task<IResult> ChangeAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken) => request.WithBodyAsync<Standing>(
        (standing, _) => () => dispatcher.DoAsync(new ChangeCertification(id, standing.State, standing.When ?? "", standing.Note ?? ""), cancellationToken),
        cancellationToken);

    private sealed record Standing(CertificationState State, string? When, string? Note);
}
