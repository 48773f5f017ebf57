using OpsDashboard.Application.Catalog.OpenSlo.Yaml;

namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

/// <summary>The kinds without much structure, and what all kinds share.</summary>
internal static class SpecReading
{
    private static readonly YamlMap Nothing = new([], 0, 0);

    /// <summary>Null after a fault that leaves nothing to build; a null spec is an empty one, for services have no field they need.</summary>
    public static OpenSloSpec? Read(OpenSloKind kind, Fields? spec) => spec is null ? null : kind switch
    {
        OpenSloKind.Service => Service(spec),
        OpenSloKind.DataSource => DataSource(spec),
        OpenSloKind.Sli => SliReading.Read(spec),
        OpenSloKind.Slo => SloReading.Read(spec),
        OpenSloKind.AlertPolicy => AlertReading.Policy(spec),
        OpenSloKind.AlertCondition => AlertReading.Condition(spec),
        OpenSloKind.AlertNotificationTarget => AlertReading.Target(spec),
    };

    public static Fields? SpecOf(Fields document, OpenSloKind kind, string file)
        => kind == OpenSloKind.Service
            ? document.Object("spec") ?? (document.Has("spec") ? null : new Fields(Nothing, file, document.PathOf("spec"), document.Sink))
            : document.Object("spec", $"the spec of the {OpenSloWords.Of(kind)}");

    /// <summary>An object written in place of a reference: metadata and spec, with apiVersion and kind allowed.</summary>
    public static OpenSloUse<TSpec>? Inline<TSpec>(Fields fields, OpenSloKind kind, string file)
        where TSpec : OpenSloSpec
    {
        if (fields.Text("apiVersion") is { } version && version != OpenSloDocument.ApiVersion)
        {
            fields.Fault("apiVersion", OpenSloDocument.ApiVersion, $"\"{version}\"");
        }

        if (fields.Text("kind") is { } word && word != OpenSloWords.Of(kind))
        {
            fields.Fault("kind", OpenSloWords.Of(kind), $"\"{word}\"");
        }

        var metadata = MetadataReading.Read(fields.Object("metadata", "the metadata of the inlined object"), kind);
        var spec = Read(kind, SpecOf(fields, kind, file)) as TSpec;
        fields.RefuseOthers();
        return metadata is null || spec is null
            ? null
            : new OpenSloUse<TSpec> { Inline = new OpenSloInline<TSpec>(metadata, spec) };
    }

    /// <summary>A list item that is either <c>{refField: name}</c> or an inlined object.</summary>
    public static OpenSloUse<TSpec>? Use<TSpec>(Fields? item, string refField, OpenSloKind kind, string file)
        where TSpec : OpenSloSpec
    {
        if (item is null)
        {
            return null;
        }

        if (item.Has(refField))
        {
            var name = item.Text(refField);
            item.RefuseOthers();
            return name is null ? null : new OpenSloUse<TSpec> { Ref = name };
        }

        if (!item.Has("metadata") && !item.Has("spec"))
        {
            item.Fault(refField, $"{refField}, or an inlined {OpenSloWords.Of(kind)} with metadata and spec", "neither");
            return null;
        }

        return Inline<TSpec>(item, kind, file);
    }

    public static OpenSloValue ToValue(YamlNode node) => node switch
    {
        YamlMap map => ToMap(map),
        YamlList list => new OpenSloValue.List([.. list.Items.Select(ToValue)]),
        YamlScalar scalar => new OpenSloValue.Scalar(scalar.IsNull ? "null" : scalar.Text, scalar.IsText),
        _ => throw new InvalidOperationException($"No value for {node.GetType().Name}."),
    };

    public static OpenSloValue.Map ToMap(YamlMap map)
        => new([.. map.Entries.Select(e => KeyValuePair.Create(e.Key, ToValue(e.Value)))]);

    private static ServiceSpec Service(Fields spec)
    {
        var service = new ServiceSpec { Description = spec.Description() };
        spec.RefuseOthers();
        return service;
    }

    private static DataSourceSpec DataSource(Fields spec)
    {
        var source = new DataSourceSpec
        {
            Description = spec.Description(),
            Type = spec.Text("type", "the type of the source, such as Prometheus") ?? string.Empty,
            ConnectionDetails = spec.Take("connectionDetails") is { } details ? ToValue(details) : null,
        };
        spec.RefuseOthers();
        return source;
    }
}
