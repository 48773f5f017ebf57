using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>
/// What is in force now as OpenSLO v1, edits included; importing it changes nothing. Connection details that could be secrets
/// are masked. An export of one platform or service holds everything its objectives refer to.
/// </summary>
/// <param name="Platform">Null: all.</param>
/// <param name="Service">Name within the platform; null: all.</param>
public sealed record ExportOpenSlo(string? Platform = null, string? Service = null) : IQuery<OpenSloExport>
{
    public static Access Access => Access.View;
}

/// <param name="FileName">A name to save it under.</param>
public sealed record OpenSloExport(string FileName, string Yaml);

internal sealed class ExportOpenSloHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ExportOpenSlo, Outcome<OpenSloExport>>
{
    public async Task<Outcome<OpenSloExport>> Handle(ExportOpenSlo request, CancellationToken cancellationToken)
    {
        var catalog = await db.ReadCatalogAsync(cancellationToken);
        var rows = await db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).AsSplitQuery()
            .OrderBy(row => row.Path)
            .ToListAsync(cancellationToken);
        var nowMs = time.NowMs();
        var slos = rows.Where(row => Asked(row.Platform, row.Service)).Select(row => row.InForceAt(nowMs).Read()).ToList();
        var read = slos.Select(slo => slo.SliId).ToHashSet(StringComparer.Ordinal);
        var slis = catalog.Slis.Select(sli => sli.Definition).Where(sli => Asked(sli.Platform, sli.Service) || read.Contains(sli.Id)).ToList();
        var named = slis.Select(sli => $"{sli.Platform}/{sli.Service}").ToHashSet(StringComparer.Ordinal);
        var services = catalog.Services.Where(service => Asked(service.Platform, service.Name) || named.Contains(service.Id)).ToList();
        if (services.Count == 0 && (request.Platform ?? request.Service) is not null)
        {
            return Failure.NotFound(request.Service is null ? $"Platform {request.Platform}" : $"Service {request.Service}");
        }

        var documents = OpenSloMapping.ToDocuments(services, slis, Sources(request, catalog, slis), slos);
        var complete = OpenSloMapping.WithAuthorsParts(documents, catalog.Documents, request.Platform);
        return new OpenSloExport(FileName(request), OpenSloWriter.Write(complete.Select(OpenSloMapping.HideSecrets)));

        bool Asked(string platform, string service) =>
            (request.Platform is null || platform == request.Platform) && (request.Service is null || service == request.Service);
    }

    private static List<DataSourceDefinition> Sources(ExportOpenSlo request, StoredCatalog catalog, List<SliDefinition> slis)
    {
        var asked = slis.Select(sli => (sli.Source as SliSource.Prometheus)?.DataSource).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. catalog.DataSources.Where(source =>
                (request.Service is null && (request.Platform is null || source.Platform == request.Platform)) || asked.Contains(source.Id)),
        ];
    }

    private static string FileName(ExportOpenSlo request)
    {
        var name = string.Join('-', new[] { "openslo", request.Platform, request.Service }.OfType<string>());
        return new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-')]) + ".yaml";
    }
}
