using System.Globalization;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>SLO documents to objectives: one for each objective of a document.</summary>
internal sealed class SloMapping(MappingWorld world, SliMapping slis)
{
    private readonly List<SloDefinition> defined = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly AlertMapping alerts = new(world);

    public IReadOnlyList<SloDefinition> Defined => defined;

    public void Define(OpenSloDocument document)
    {
        var spec = (SloSpec)document.Spec;
        var annotations = new Annotations(document.Metadata, document.Source, "metadata", world.Sink);
        var terms = SloTerms.Read(annotations);
        var (id, service, _) = Ids.Of(annotations, document.Platform, spec.Service, document.Metadata.Name);
        annotations.RefuseOthers();
        if (service != spec.Service)
        {
            annotations.Fault(AnnotationNames.Id, $"a path {document.Platform}/{spec.Service}/name, as spec.service says");
        }

        PathRule.Check(world.Sink, document, document.Platform, service, null);
        var rules = alerts.RulesOf(document, spec);
        var suffixes = Suffixes(spec.Objectives);
        for (var i = 0; i < spec.Objectives.Count; i++)
        {
            var objective = spec.Objectives[i];
            var path = $"spec.objectives[{i}]";
            var use = objective.Indicator ?? spec.Indicator!;
            var sli = slis.Resolve(document, use, objective.Indicator is null ? "spec" : path);
            if (sli is null || Unjudged(document, spec, objective, path) || Window(document, spec.TimeWindow) is not { } window)
            {
                continue;
            }

            var slo = terms.ApplyTo(new SloDefinition
            {
                Id = id + suffixes[i],
                SliId = sli.Id,
                Name = NameOf(document.Metadata, spec, objective),
                Platform = document.Platform,
                Service = spec.Service,
                Description = spec.Description,
                Kind = sli.Kind,
                Target = objective.Target,
                Threshold = ThresholdOf(sli.Kind, objective),
                Budgeting = spec.BudgetingMethod,
                TimeSliceTarget = spec.BudgetingMethod == BudgetingMethod.Timeslices ? objective.TimeSliceTarget : null,
                Window = window,
                AlertRules = rules,
                Unit = sli.Unit,
            });
            Add(slo, document, path);
        }
    }

    private void Add(SloDefinition slo, OpenSloDocument document, string path)
    {
        if (!ids.Add(slo.Id))
        {
            world.Sink.Add(document.Source.Fault("metadata.name", "each objective under an id of its own", $"{slo.Id} a second time"));
        }

        // The path of the indicator is told where the indicator stands.
        foreach (var fault in SloDefinitionRules.Check(slo).Where(fault => fault.Pointer != "/sliId"))
        {
            world.Sink.Add(Told(fault, document, path));
        }

        defined.Add(slo);
    }

    private static OpenSloFault Told(Fault fault, OpenSloDocument document, string path)
    {
        var place = fault.Pointer.Split('/')[1] switch
        {
            "target" => $"{path}.target",
            "threshold" when fault.Pointer.EndsWith("/op", StringComparison.Ordinal) => $"{path}.op",
            "threshold" => $"{path}.value",
            "timeSliceTarget" => $"{path}.timeSliceTarget",
            "alertRules" => "spec.alertPolicies",
            "window" => "spec.timeWindow[0]",
            "id" => "metadata.name",
            "clauses" or "percentile" or "maintenance" or "minimumEvents" or "minimumCoverage" => "metadata.annotations",
            _ => "spec",
        };
        return document.Source.Fault(place, fault.Message, fault.Rule);
    }

    private static string NameOf(OpenSloMetadata metadata, SloSpec spec, OpenSloObjective objective)
    {
        var name = metadata.DisplayName ?? metadata.Name;
        return spec.Objectives.Count > 1 && objective.DisplayName is { } part ? $"{name}: {part}" : name;
    }

    private static Threshold? ThresholdOf(SliKind kind, OpenSloObjective objective)
        => MappingWords.IsThreshold(kind) && objective is { Op: { } op, Value: { } limit } ? new Threshold(op, limit) : null;

    /// <summary>Nothing for a single objective; else its name, or its number where names are missing or alike.</summary>
    private static List<string> Suffixes(IReadOnlyList<OpenSloObjective> objectives)
    {
        if (objectives.Count == 1)
        {
            return [string.Empty];
        }

        var slugs = objectives.Select(o => Slug.Of(o.DisplayName ?? string.Empty)).ToList();
        var isNamed = slugs.All(s => s.Length > 0) && slugs.Distinct(StringComparer.Ordinal).Count() == slugs.Count;
        return [.. slugs.Select((slug, i) => isNamed ? $"-{slug}" : string.Create(CultureInfo.InvariantCulture, $"-{i + 1}"))];
    }

    /// <summary>What this product cannot judge exactly it does not judge.</summary>
    private bool Unjudged(OpenSloDocument document, SloSpec spec, OpenSloObjective objective, string path)
    {
        if (objective.CompositeWeight is not (null or 1))
        {
            world.Sink.AddNotice(document.Source.Fault(
                $"{path}.compositeWeight", "no weight", "a weight: each objective is judged by itself, without it"));
        }

        if (spec.BudgetingMethod == BudgetingMethod.Occurrences || objective.TimeSliceWindow?.FixedMinutes == 1)
        {
            return false;
        }

        world.Sink.AddNotice(document.Source.Fault(
            $"{path}.timeSliceWindow", "slices of 1m", $"{objective.TimeSliceWindow}: the objective is not judged"));
        return true;
    }

    private SloWindow? Window(OpenSloDocument document, OpenSloTimeWindow? window)
    {
        const string path = "spec.timeWindow[0]";
        if (window is null)
        {
            Notice("spec.timeWindow", "a window", "none: 30 days rolling are taken");
            return SloWindow.RollingDays(30);
        }

        var duration = window.Duration;
        if (window.Calendar is { } calendar)
        {
            if (duration.Count != 1 || duration.Unit is OpenSloDurationUnit.Minute or OpenSloDurationUnit.Hour)
            {
                Notice(path, "a calendar window of 1d, 1w, 1M, 1Q or 1Y", $"{duration}: the SLO is not judged");
                return null;
            }

            if (calendar.TimeZone is not ("UTC" or "Etc/UTC") || !calendar.StartTime.EndsWith(" 00:00:00", StringComparison.Ordinal))
            {
                Notice($"{path}.calendar", "a start at 00:00:00 UTC", $"{calendar.StartTime} {calendar.TimeZone}: judged over the period in UTC");
            }

            return new SloWindow(WindowKind.Calendar, UnitOf(duration.Unit), 1);
        }

        switch (duration.Unit)
        {
            case OpenSloDurationUnit.Minute when duration.Count % 60 == 0:
                return new SloWindow(WindowKind.Rolling, WindowUnit.Hour, duration.Count / 60);
            case OpenSloDurationUnit.Minute:
                Notice(path, "a rolling window of at least 1h", $"{duration}: the SLO is not judged");
                return null;
            case OpenSloDurationUnit.Month or OpenSloDurationUnit.Quarter or OpenSloDurationUnit.Year:
                var days = duration.Count * DaysOf(duration.Unit);
                Notice(path, "a rolling window in hours, days or weeks", $"{duration}: {days} days are taken");
                return SloWindow.RollingDays(days);
            default:
                return new SloWindow(WindowKind.Rolling, UnitOf(duration.Unit), duration.Count);
        }

        void Notice(string at, string expected, string found) => world.Sink.AddNotice(document.Source.Fault(at, expected, found));
    }

    private static int DaysOf(OpenSloDurationUnit unit) => unit switch
    {
        OpenSloDurationUnit.Month => 30,
        OpenSloDurationUnit.Quarter => 91,
        _ => 365,
    };

    private static WindowUnit UnitOf(OpenSloDurationUnit unit) => unit switch
    {
        OpenSloDurationUnit.Hour => WindowUnit.Hour,
        OpenSloDurationUnit.Day => WindowUnit.Day,
        OpenSloDurationUnit.Week => WindowUnit.Week,
        OpenSloDurationUnit.Month => WindowUnit.Month,
        OpenSloDurationUnit.Quarter => WindowUnit.Quarter,
        OpenSloDurationUnit.Year => WindowUnit.Year,
        OpenSloDurationUnit.Minute => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No window is counted in minutes."),
    };
}

internal static class Slug
{
    /// <summary>Lower-case letters and digits with single hyphens between; empty where nothing remains.</summary>
    public static string Of(string text)
    {
        var parts = new string([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', parts);
        return slug.Length <= 40 ? slug : slug[..40].TrimEnd('-');
    }
}
