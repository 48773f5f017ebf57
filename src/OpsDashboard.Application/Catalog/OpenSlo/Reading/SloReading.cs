using System.Globalization;
using NodaTime;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

internal static class SloReading
{
    private static readonly string[] StartTimeForms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] ThresholdFields = ["op", "value"];
    private static readonly string[] SliceFields = ["timeSliceTarget", "timeSliceWindow"];

    public static SloSpec? Read(Fields spec)
    {
        var description = spec.Description();
        var service = spec.Text("service", "the name of a service");
        var indicator = Indicator(spec);
        var window = Window(spec);
        var stated = spec.Word("budgetingMethod", OpenSloWords.BudgetingMethods);
        var items = spec.List("objectives", "a list of objectives");
        var policies = spec.List("alertPolicies")
            .Select(p => SpecReading.Use<AlertPolicySpec>(spec.Item(p), "alertPolicyRef", OpenSloKind.AlertPolicy, spec.File))
            .ToList();
        spec.RefuseOthers();
        if (items.Count == 0 && spec.Map.Find("objectives") is { Value: YamlList })
        {
            spec.Fault("objectives", "at least one objective", "an empty list");
        }

        var readable = items.Select(spec.Item).OfType<Fields>().ToList();
        CheckIndicators(spec, readable);
        CheckMethod(spec, readable);
        var method = stated ?? BudgetingMethod.Occurrences;
        var objectives = readable.Select(o => Objective(o, method, readable.Count)).ToList();
        CheckThreshold(indicator, readable, spec);
        return new SloSpec
        {
            Description = description,
            Service = service ?? string.Empty,
            Indicator = indicator,
            TimeWindow = window,
            BudgetingMethod = method,
            Objectives = objectives,
            AlertPolicies = [.. policies.OfType<OpenSloUse<AlertPolicySpec>>()],
        };
    }

    // The specification calls the method required, yet its own example of an inlined indicator has none; a document
    // without slices can mean nothing but occurrences.
    private static void CheckMethod(Fields spec, List<Fields> objectives)
    {
        if (!spec.Has("budgetingMethod") && objectives.Any(o => o.Has("timeSliceTarget") || o.Has("timeSliceWindow")))
        {
            spec.Fault("budgetingMethod", "Timeslices or RatioTimeslices, as objectives have slices", "nothing");
        }
    }

    private static OpenSloUse<SliSpec>? Indicator(Fields fields)
    {
        var name = fields.Text("indicatorRef");
        if (fields.Object("indicator") is not { } inline)
        {
            return name is null ? null : new OpenSloUse<SliSpec> { Ref = name };
        }

        if (fields.Has("indicatorRef"))
        {
            fields.Fault("indicatorRef", "either indicator or indicatorRef", "both");
        }

        return SpecReading.Inline<SliSpec>(inline, OpenSloKind.Sli, fields.File);
    }

    private static void CheckIndicators(Fields spec, List<Fields> objectives)
    {
        var whole = spec.Has("indicator") || spec.Has("indicatorRef");
        var parts = objectives.Where(o => o.Has("indicator") || o.Has("indicatorRef")).ToList();
        if (whole)
        {
            foreach (var part in parts)
            {
                part.Fault(
                    part.Has("indicator") ? "indicator" : "indicatorRef",
                    "no indicator in an objective when the SLO has one", "one");
            }
        }
        else if (parts.Count == 0)
        {
            spec.Fault("indicator", "indicator or indicatorRef", "neither");
        }
        else
        {
            foreach (var bare in objectives.Except(parts))
            {
                bare.Fault("indicator", "indicator or indicatorRef in every objective of a composite", "neither");
            }
        }
    }

    /// <summary>Op and value belong to threshold metrics, and those allow one objective. References are checked where they are resolved.</summary>
    private static void CheckThreshold(OpenSloUse<SliSpec>? indicator, List<Fields> objectives, Fields spec)
    {
        if (indicator?.Inline?.Spec.ThresholdMetric is null)
        {
            return;
        }

        if (objectives.Count > 1)
        {
            spec.Fault("objectives", "one objective, as the indicator is a thresholdMetric", $"{objectives.Count}");
        }

        foreach (var objective in objectives)
        {
            foreach (var name in ThresholdFields.Where(n => !objective.Has(n)))
            {
                objective.Fault(name, $"{name}, as the indicator is a thresholdMetric", "nothing");
            }
        }
    }

    private static OpenSloObjective Objective(Fields fields, BudgetingMethod method, int count)
    {
        var objective = new OpenSloObjective
        {
            DisplayName = fields.Text("displayName"),
            Op = fields.Word("op", OpenSloWords.Operators),
            Value = fields.Number("value", "a number", _ => true),
            Target = Target(fields),
            TimeSliceTarget = fields.Number(
                "timeSliceTarget", "a fraction above 0 and at most 1, needed with Timeslices", t => t is > 0 and <= 1,
                method == BudgetingMethod.Timeslices),
            TimeSliceWindow = SliceWindow(fields, method),
            Indicator = Indicator(fields),
            CompositeWeight = fields.Number("compositeWeight", "a number above 0", w => w > 0),
        };
        fields.RefuseOthers();
        if (fields.Has("compositeWeight") && count < 2)
        {
            fields.Fault("compositeWeight", "a weight only among several objectives", "one objective");
        }

        if (method == BudgetingMethod.Occurrences)
        {
            foreach (var name in SliceFields.Where(fields.Has))
            {
                fields.Notice(name, "Timeslices or RatioTimeslices as the budgetingMethod", "Occurrences, so it has no effect");
            }
        }

        return objective;
    }

    private static decimal Target(Fields fields)
    {
        var target = fields.Number("target", "a fraction of at least 0 and below 1", t => t is >= 0 and < 1);
        var percent = fields.Number("targetPercent", "a percentage of at least 0 and below 100", t => t is >= 0 and < 100);
        if (fields.Has("target") == fields.Has("targetPercent"))
        {
            fields.Fault("target", "either target or targetPercent", fields.Has("target") ? "both" : "neither");
        }

        return target ?? (percent / 100m ?? 0);
    }

    /// <summary>A bare number means minutes.</summary>
    private static OpenSloDuration? SliceWindow(Fields fields, BudgetingMethod method)
    {
        const string name = "timeSliceWindow";
        if (fields.Map.Find(name)?.Value is YamlScalar scalar && scalar.AsNumber() is { } minutes)
        {
            fields.Take(name);
            if (minutes is >= 1 and <= 99_999 && minutes == decimal.Truncate(minutes))
            {
                return new OpenSloDuration((int)minutes, OpenSloDurationUnit.Minute);
            }

            fields.Fault(name, OpenSloDuration.Expectation + ", or a whole number of minutes", scalar.Describe());
            return null;
        }

        return fields.Duration(name, required: method != BudgetingMethod.Occurrences);
    }

    private static OpenSloTimeWindow? Window(Fields spec)
    {
        var windows = spec.List("timeWindow");
        if (windows.Count > 1 || (windows.Count == 0 && spec.Map.Find("timeWindow") is { Value: YamlList }))
        {
            spec.Fault("timeWindow", "a list with exactly one window", $"{windows.Count}");
        }

        return windows.Select(w => OneWindow(spec.Item(w))).ToList() is [{ } window, ..] ? window : null;
    }

    private static OpenSloTimeWindow? OneWindow(Fields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var duration = fields.Duration("duration", required: true);
        var rolling = fields.Flag("isRolling");
        var calendar = fields.Object("calendar");
        fields.RefuseOthers();
        if (rolling == true && fields.Has("calendar"))
        {
            fields.Fault("calendar", "no calendar in a rolling window", "one");
        }
        else if (rolling != true && !fields.Has("calendar"))
        {
            fields.Fault("calendar", "isRolling: true, or a calendar with startTime and timeZone", "neither");
        }

        var start = Calendar(calendar);
        return duration is null ? null : new OpenSloTimeWindow(duration.Value, start);
    }

    private static OpenSloCalendar? Calendar(Fields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var start = fields.Text("startTime", "a date and time such as 2026-01-01 00:00:00, without a zone");
        var zone = fields.Text("timeZone", "a name of the IANA time zone database, such as Europe/Berlin");
        fields.RefuseOthers();
        var isTime = DateTime.TryParseExact(start, StartTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
        if (start is not null && !isTime)
        {
            fields.Fault("startTime", "a date and time such as 2026-01-01 00:00:00, without a zone", $"\"{start}\"");
        }

        if (zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            fields.Fault("timeZone", "a name of the IANA time zone database, such as Europe/Berlin", $"\"{zone}\"");
        }

        return isTime && zone is not null
            ? new OpenSloCalendar(at.ToString(StartTimeForms[0], CultureInfo.InvariantCulture), zone)
            : null;
    }
}
