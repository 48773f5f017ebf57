using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Api.Description;

/// <summary>Says of each call in the document what it needs, what it answers, and how it is refused.</summary>
internal sealed class CallDescriber : IOpenApiOperationTransformer
{
    public const string Scheme = "key";

    private static readonly string[] Abbreviations = ["SLO", "SLI", "KPI", "DORA"];
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var request = RequestType.Of(operation.OperationId);
        operation.Summary ??= Words(operation.OperationId ?? "");
        var isOpen = request?.Access == Access.Public || context.Description.RelativePath?.Contains("{key}", StringComparison.Ordinal) == true;
        if (!isOpen)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            operation.Description ??= request is null ? null : $"Needs the right `{char.ToLowerInvariant(request.Access.ToString()[0])}{request.Access.ToString()[1..]}`.";
        }

        operation.Responses = [];
        await AnswerAsync(operation, request, context, cancellationToken);
        var problem = await ReferAsync("Problem", typeof(ProblemAnswer), context, cancellationToken);
        Refuse(operation, "401", "No key, or one that is not good.", problem, !isOpen);
        Refuse(operation, "403", "The key may not do this.", problem, !isOpen);
        Refuse(operation, "404", "There is no such thing, or it is out of this key's reach.", problem, operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true);
        Refuse(operation, "413", "The body is too large.", problem, operation.RequestBody is not null);
        Refuse(operation, "422", "Fields break rules; `errors` names each.", problem, operation.RequestBody is not null || operation.Parameters?.Count > 0);
        Refuse(operation, "429", "The requests of this minute are spent; `Retry-After` says when the next begins.", problem, !isOpen);
    }

    private static async Task AnswerAsync(OpenApiOperation operation, RequestType? request, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (request is { Answer: null })
        {
            operation.Responses!["204"] = new OpenApiResponse { Description = "Done." };
            return;
        }

        var answer = new OpenApiResponse { Description = "As asked." };
        if (request?.Answer is { } type && RequestType.AnswersAsIs(operation.OperationId!))
        {
            var list = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            var schema = await ReferAsync($"{operation.OperationId}Answer", list ? typeof(ListAnswer<>).MakeGenericType(type.GetGenericArguments()) : type, context, cancellationToken);
            answer.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [Json] = new() { Schema = schema } };
        }

        operation.Responses![request?.IsCommand == true ? "2XX" : "200"] = answer;
    }

    /// <summary>Once in the document, however often it is named.</summary>
    private static async Task<IOpenApiSchema> ReferAsync(string name, Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static void Refuse(OpenApiOperation operation, string status, string words, IOpenApiSchema problem, bool applies)
    {
        if (applies)
        {
            operation.Responses![status] = new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [Problem] = new() { Schema = problem } },
            };
        }
    }

    /// <summary>The name of a call as words: <c>ListSlos</c> is "List SLOs".</summary>
    private static string Words(string name)
    {
        var words = string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) && !char.IsUpper(name[at - 1]) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
        return Abbreviations.Aggregate(words, (text, abbreviation) => text.Replace($" {abbreviation.ToLowerInvariant()}", $" {abbreviation}", StringComparison.Ordinal));
    }
}

/// <summary>A page of a list.</summary>
internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Problem details (RFC 9457) with what is wrong with each field.</summary>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string? Detail, IReadOnlyList<Domain.Fault>? Errors);
