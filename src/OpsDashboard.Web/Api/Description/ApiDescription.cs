using Microsoft.OpenApi;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Web.Api.Description;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    public const string Version = "v1";

    public static void AddApiDescription(this IServiceCollection services)
    {
        // As the API writes and reads: words for enumerations, numbers as numbers.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = StoreJson.Options.NumberHandling;
            foreach (var converter in StoreJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddOpenApi(Version, openApi =>
        {
            openApi.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            openApi.AddOperationTransformer<CallDescriber>();
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "OpsDashboard", Version = Version, Description = "Objectives, incidents, on-call, changes and agreements for programs. Every call takes a key as `Authorization: Bearer`." };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                {
                    [CallDescriber.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key made on the page for keys." },
                };
                return Task.CompletedTask;
            });
        });
        services.AddSingleton<ApiBook>();
    }

    public static void MapApiDescription(this WebApplication app) => app.MapGet(
        "/openapi/v1.json",
        async (ApiBook book, CancellationToken cancellationToken) => Results.Bytes(await book.DocumentAsync(cancellationToken), "application/json")).ExcludeFromDescription().AllowAnonymous();
}
