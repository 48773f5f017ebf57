using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>Reads documents against what is stored: either everything that is wrong, or everything that would change. Changes nothing.</summary>
internal sealed class ImportPlanner(OpsDbContext db, StoredHours hours, TimeProvider time)
{
    public async Task<Outcome<ImportPlan>> PlanAsync(IReadOnlyList<OpenSloFile> files, CancellationToken cancellationToken)
    {
        var catalog = await db.ReadCatalogAsync(cancellationToken);
        var objectives = await db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).AsSplitQuery()
            .ToDictionaryAsync(row => row.Path, StringComparer.Ordinal, cancellationToken);
        var nowMs = time.NowMs();
        var inForce = objectives.Values.Select(row => row.InForceAt(nowMs).Read()).ToList();
        var existing = Existing(catalog, inForce);
        var reading = OpenSloReader.Read(files, existing.Select(document => document.Name).ToHashSet());
        var faults = reading.Faults.ToList();
        var documents = WithSecrets(reading.IsValid ? reading.Documents : reading.Sound, catalog, faults);

        // Documents with a fault still say what others refer to, so that their fault is not told again at each of those.
        var mapped = OpenSloMapping.ToDefinitions(documents, reading.IsValid ? existing : [.. existing, .. reading.Seen.Except(documents)]);
        faults.AddRange(OfSound(mapped.Faults, documents, reading));
        faults.AddRange(await ConflictsAsync(mapped, catalog, inForce, cancellationToken));
        if (faults.Count > 0)
        {
            return OpenSloRefusal.Of([.. faults.Distinct().Take(OpenSloLimits.MaxFaults)]);
        }

        var names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var known = catalog.Services.Select(service => service.Id).ToHashSet(StringComparer.Ordinal);
        var services = mapped.Services.Where(service => mapped.DefinedServices.Contains(service.Id) || !known.Contains(service.Id)).ToList();
        var slis = WithProbes(mapped.Slis, catalog);
        return new ImportPlan
        {
            Documents = documents,
            Mapped = mapped,
            Services = services,
            Slis = slis,
            Objects = [.. Differences(mapped.DataSources, slis, services, catalog), .. mapped.Slos.Select(slo => Difference(slo, objectives.GetValueOrDefault(slo.Id), nowMs))],
            Notices = [.. reading.Notices.Concat(mapped.Notices).Where(notice => names.Contains(notice.File)).Distinct()],
        };
    }

    /// <summary>What references may mean: definitions under the names an export gives them, then documents under those their authors gave.</summary>
    private static List<OpenSloDocument> Existing(StoredCatalog catalog, IReadOnlyList<SloDefinition> slos) =>
    [
        .. OpenSloMapping.ToDocuments(catalog.Services, [.. catalog.Slis.Select(sli => sli.Definition)], catalog.DataSources, slos),
        .. catalog.Documents,
    ];

    /// <summary>Puts back what an export masked.</summary>
    private static List<OpenSloDocument> WithSecrets(IReadOnlyList<OpenSloDocument> documents, StoredCatalog catalog, List<OpenSloFault> faults)
    {
        var known = catalog.DataSources.ToDictionary(source => source.Id, StringComparer.Ordinal);
        return
        [
            .. documents.Select(document => OpenSloMapping.RestoreSecrets(
                document, known.GetValueOrDefault($"{document.Platform}/{document.Metadata.Name}"), faults.Add)),
        ];
    }

    /// <summary>Without those of documents whose own faults are told already.</summary>
    private static IEnumerable<OpenSloFault> OfSound(IReadOnlyList<OpenSloFault> faults, IReadOnlyList<OpenSloDocument> sound, OpenSloReading reading)
    {
        if (reading.IsValid)
        {
            return faults;
        }

        var starts = reading.Seen.ToLookup(document => document.Source.File, document => document.Source.Line, StringComparer.Ordinal);
        var good = sound.Select(document => (document.Source.File, document.Source.Line)).ToHashSet();
        return faults.Where(fault => good.Contains((fault.File, starts[fault.File].Where(line => line <= fault.Line).DefaultIfEmpty().Max())));
    }

    /// <summary>The kind of an indicator decides what its numbers mean, so it cannot change under telemetry or under other objectives.</summary>
    private async Task<List<OpenSloFault>> ConflictsAsync(
        OpenSloMapped mapped,
        StoredCatalog catalog,
        IReadOnlyList<SloDefinition> slos,
        CancellationToken cancellationToken)
    {
        var known = catalog.Slis.ToDictionary(sli => sli.Definition.Id, StringComparer.Ordinal);
        var changing = mapped.Slis.Where(sli => known.TryGetValue(sli.Id, out var stored) && stored.Definition.Kind != sli.Kind).ToList();
        var withData = await hours.WithDataAsync([.. changing.Select(sli => known[sli.Id].SeriesId)], cancellationToken);
        var brought = mapped.Slos.Select(slo => slo.Id).ToHashSet(StringComparer.Ordinal);
        var faults = new List<OpenSloFault>();
        foreach (var sli in changing)
        {
            var (document, path) = mapped.SliPlaces[sli.Id];
            var stored = known[sli.Id];
            var reader = slos.FirstOrDefault(slo => slo.SliId == sli.Id && !brought.Contains(slo.Id));
            if (withData.Contains(stored.SeriesId))
            {
                faults.Add(document.Source.Fault(
                    path,
                    $"the kind {OpenSloMapping.WordOf(stored.Definition.Kind)}, as {sli.Id} has data of that kind; a new name makes a new indicator",
                    OpenSloMapping.WordOf(sli.Kind)));
            }
            else if (reader is not null)
            {
                faults.Add(document.Source.Fault(
                    path,
                    $"the kind {OpenSloMapping.WordOf(stored.Definition.Kind)}, as objective {reader.Id} reads {sli.Id} and is not in this import",
                    OpenSloMapping.WordOf(sli.Kind)));
            }
        }

        return faults;
    }

    /// <summary>OpenSLO knows no probes; an indicator that one measures is exported as fed from outside, and stays with its probe.</summary>
    private static List<SliDefinition> WithProbes(IReadOnlyList<SliDefinition> slis, StoredCatalog catalog)
    {
        var probed = catalog.Slis.Where(sli => sli.Definition.Source is SliSource.Probed)
            .ToDictionary(sli => sli.Definition.Id, sli => sli.Definition.Source, StringComparer.Ordinal);
        return [.. slis.Select(sli => sli.Source is SliSource.Push && probed.TryGetValue(sli.Id, out var probe) ? sli with { Source = probe } : sli)];
    }

    private static IEnumerable<ImportedObject> Differences(
        IReadOnlyList<DataSourceDefinition> sources,
        IReadOnlyList<SliDefinition> slis,
        IReadOnlyList<ServiceDefinition> services,
        StoredCatalog catalog)
    {
        var knownServices = catalog.Services.ToDictionary(service => service.Id, StringComparer.Ordinal);
        var knownSources = catalog.DataSources.ToDictionary(source => source.Id, StringComparer.Ordinal);
        var knownSlis = catalog.Slis.ToDictionary(sli => sli.Definition.Id, sli => sli.Definition, StringComparer.Ordinal);
        return
        [
            .. services.Select(service => ImportDifference.Of(
                ImportedKind.Service, service.Id, service.DisplayName ?? service.Name,
                knownServices.GetValueOrDefault(service.Id),
                service with { DisplayName = service.DisplayName == service.Name ? null : service.DisplayName })),
            .. sources.Select(source => Discreet(ImportDifference.Of(
                ImportedKind.DataSource, source.Id, source.DisplayName ?? source.Name, knownSources.GetValueOrDefault(source.Id), source))),
            .. slis.OrderBy(sli => sli.Id, StringComparer.Ordinal).Select(sli => ImportDifference.Of(
                ImportedKind.Sli, sli.Id, sli.DisplayName ?? sli.Name, knownSlis.GetValueOrDefault(sli.Id), sli)),
        ];
    }

    /// <summary>How a source is reached may hold secrets: that it changed is told, not what to.</summary>
    private static ImportedObject Discreet(ImportedObject source) => source with
    {
        Fields = [.. source.Fields.Select(field => field.Field is "url" or "connectionDetails" ? new ImportedField(field.Field, "not shown", "not shown") : field)],
    };

    private static ImportedObject Difference(SloDefinition slo, SloRow? row, long nowMs)
    {
        if (row is null)
        {
            return ImportDifference.Of(ImportedKind.Slo, slo.Id, slo.Name, null, slo);
        }

        var newest = row.Revisions.MaxBy(revision => revision.Version)!;
        return CatalogImport.IsSame(row, newest, JsonSerializer.Serialize(slo, StoreJson.Options), byUser: true, nowMs)
            ? new ImportedObject(ImportedKind.Slo, slo.Id, slo.Name, ImportChange.Unchanged, [])
            : ImportDifference.Of(ImportedKind.Slo, slo.Id, slo.Name, row.InForceAt(nowMs).Read(), slo);
    }
}
