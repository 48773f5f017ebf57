using System.Text.Json;
using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>Adds a data source that speaks the Prometheus API, or changes it.</summary>
public sealed record SavePrometheusSource : ICommand<string>
{
    /// <summary>As the value of a header: keep what is stored.</summary>
    public const string Unchanged = "(unchanged)";

    public const int MaxUrlLength = 500;

    public static Access Access => Access.Administer;

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Base address, without /api/v1; http or https.</summary>
    public required string Url { get; init; }

    public PrometheusSettings Settings { get; init; } = new();

    /// <summary>All that can be told from the fields alone, for a form that judges as one types.</summary>
    public IReadOnlyList<Fault> Check() => [.. new SavePrometheusSourceValidator().Validate(this).ToFaults(), .. SettingsFaults()];

    internal IEnumerable<Fault> SettingsFaults() => Settings.Check().Select(fault => fault with { Pointer = $"/settings{fault.Pointer}" });
}

internal sealed class SavePrometheusSourceValidator : AbstractValidator<SavePrometheusSource>
{
    public SavePrometheusSourceValidator()
    {
        RuleFor(source => source.Platform).Must(StoredSlis.IsName).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(source => source.Name).Must(StoredSlis.IsName).WithErrorCode("name.name").WithMessage(StoredSlis.NameRule);
        RuleFor(source => source.DisplayName).MaximumLength(200).WithErrorCode("displayName.tooLong").WithMessage("At most 200 characters.");
        RuleFor(source => source.Url).Must(IsBase).WithErrorCode("url.http")
            .WithMessage("An http or https address without user, query or fragment, such as http://prometheus:9090.");
    }

    private static bool IsBase(string url) =>
        url is { Length: > 0 and <= SavePrometheusSource.MaxUrlLength }
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo: "", Query: "", Fragment: "" };
}

internal sealed class SavePrometheusSourceHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<SavePrometheusSource, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(SavePrometheusSource request, CancellationToken cancellationToken)
    {
        var faults = request.SettingsFaults().ToList();
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var id = $"{request.Platform}/{request.Name}";
        var before = await db.FindDataSourceAsync(id, cancellationToken);
        if (before is not null && !PrometheusSettings.Speaks(before.Definition))
        {
            return Failure.Invalid("/name", "name.taken", $"{id} is a data source of the type {before.Definition.Type}.");
        }

        var settings = WithStoredHeaders(request.Settings, before);
        if (settings is null)
        {
            return Failure.Invalid("/settings/headers", "headers.value", $"{SavePrometheusSource.Unchanged} stands for a stored value, and there is none.");
        }

        var definition = (before?.Definition ?? Empty(request, id)) with { DisplayName = request.DisplayName, Url = request.Url.Trim() };
        await db.PutDataSourceAsync(definition, JsonSerializer.Serialize(settings, StoreJson.Options), cancellationToken);
        db.Announce(time.NowMs(), ("catalog", "all"), (PollLedger.Topic, PollLedger.Key));
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    private static DataSourceDefinition Empty(SavePrometheusSource request, string id) =>
        new() { Id = id, Platform = request.Platform, Name = request.Name, Type = "Prometheus" };

    private static PrometheusSettings? WithStoredHeaders(PrometheusSettings settings, StoredDataSource? before)
    {
        var stored = before is null ? null : PrometheusSettings.Of(before).Headers;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings.Headers)
        {
            if (value != SavePrometheusSource.Unchanged)
            {
                headers[name] = value;
            }
            else if (stored is not null && stored.TryGetValue(name, out var kept))
            {
                headers[name] = kept;
            }
            else
            {
                return null;
            }
        }

        return settings with { Headers = headers };
    }
}

/// <summary>Forgets a data source that nothing is read from any more.</summary>
public sealed record RemoveDataSource(string Id) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class RemoveDataSourceHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<RemoveDataSource, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveDataSource request, CancellationToken cancellationToken)
    {
        var readers = (await db.ListSlisAsync(cancellationToken))
            .Where(sli => sli.Definition.Source is SliSource.Prometheus polled && polled.DataSource == request.Id)
            .Select(sli => sli.Definition.Id)
            .ToList();
        if (readers.Count > 0)
        {
            return Failure.Conflict($"{readers.Count} SLIs are read from it, {readers[0]} among them. Read them from another source first.");
        }

        if (!await db.RemoveDataSourceAsync(request.Id, cancellationToken))
        {
            return Failure.NotFound($"The data source {request.Id}");
        }

        db.Announce(time.NowMs(), ("catalog", "all"), (PollLedger.Topic, PollLedger.Key));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
