using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OpsDashboard.Web.Api.Description;

/// <summary>The calls of one subject.</summary>
public sealed record ApiGroup(string Name, IReadOnlyList<ApiCall> Calls);

/// <param name="Body">An example of the body; null: it takes none.</param>
/// <param name="Fields">Of the body.</param>
/// <param name="Answer">An example of the answer; null: nothing, or not JSON.</param>
public sealed record ApiCall(
    string Id,
    string Method,
    string Path,
    string Summary,
    string? Needs,
    IReadOnlyList<ApiField> Parameters,
    string? BodyType,
    string? Body,
    IReadOnlyList<ApiField> Fields,
    string? Answer,
    IReadOnlyList<(string Status, string Words)> Answers);

/// <param name="Place">path, query or body.</param>
public sealed record ApiField(string Name, string Place, string Type, bool Required, IReadOnlyList<string> Words);

/// <summary>The OpenAPI document, and what a page shows of it. Made once: it changes with the program only.</summary>
public sealed class ApiBook(IServiceProvider services)
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private Contents? contents;

    public async Task<IReadOnlyList<ApiGroup>> ReadAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Groups;

    /// <summary>The document, as JSON in UTF-8.</summary>
    public async Task<ReadOnlyMemory<byte>> DocumentAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Document;

    private async Task<Contents> OpenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref contents) is { } known)
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (contents is null)
            {
                await using var scope = services.CreateAsyncScope();
                var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDescription.Version).GetOpenApiDocumentAsync(cancellationToken);
                document.Servers?.Clear();
                var text = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken));
                using var json = JsonDocument.Parse(text);
                Volatile.Write(ref contents, new Contents(text, Read(json.RootElement)));
            }

            return contents;
        }
        finally
        {
            gate.Release();
        }
    }

    internal static IReadOnlyList<ApiGroup> Read(JsonElement document)
    {
        var samples = new SchemaSamples(document);
        return
        [
            .. document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(call => (Group: call.Value.GetProperty("tags")[0].GetString()!, Call: ReadCall(path.Name, call, samples))))
                .GroupBy(one => one.Group, one => one.Call, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ApiGroup(group.Key, [.. group.OrderBy(call => call.Path, StringComparer.Ordinal)])),
        ];
    }

    private static ApiCall ReadCall(string path, JsonProperty call, SchemaSamples samples)
    {
        var operation = call.Value;
        var bodies = operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().ToList() : [];
        var schema = bodies.Count > 0 && bodies[0].Value.TryGetProperty("schema", out var found) ? found : default;
        var answers = operation.GetProperty("responses").EnumerateObject().ToList();
        var answer = answers.Where(one => one.Name[0] == '2' && one.Value.TryGetProperty("content", out _))
            .Select(one => one.Value.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema"))
            .FirstOrDefault();
        return new ApiCall(
            operation.TryGetProperty("operationId", out var id) ? id.GetString()! : $"{call.Name}{path.Replace('/', '-')}",
            call.Name.ToUpperInvariant(),
            path,
            operation.TryGetProperty("summary", out var summary) ? summary.GetString()! : path,
            operation.TryGetProperty("description", out var needs) ? needs.GetString()?.Replace("`", "", StringComparison.Ordinal) : null,
            [.. Parameters(operation, samples)],
            bodies.Count > 0 ? bodies[0].Name : null,
            bodies.Count > 0 ? samples.Write(schema) : null,
            samples.FieldsOf(schema),
            answer.ValueKind == JsonValueKind.Undefined ? null : samples.Write(answer),
            [.. answers.Select(one => (one.Name, one.Value.GetProperty("description").GetString() ?? ""))]);
    }

    private static IEnumerable<ApiField> Parameters(JsonElement operation, SchemaSamples samples) => !operation.TryGetProperty("parameters", out var parameters)
        ? []
        : parameters.EnumerateArray().Select(parameter => new ApiField(
            parameter.GetProperty("name").GetString()!,
            parameter.GetProperty("in").GetString()!,
            samples.TypeOf(parameter.GetProperty("schema")),
            parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
            samples.WordsOf(parameter.GetProperty("schema"))));

    private sealed record Contents(ReadOnlyMemory<byte> Document, IReadOnlyList<ApiGroup> Groups);
}
