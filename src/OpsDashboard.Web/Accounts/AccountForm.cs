using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Accounts;

/// <summary>A form of the pages that need no circuit: read, and its page shown again with what was wrong.</summary>
internal static class AccountForm
{
    private const int MaxField = 4000;

    /// <summary>Null: without a form, or without the token of this site; the request is then wrong, not the person.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadFormAsync(this HttpContext context)
    {
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return null;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.ToDictionary(field => field.Key, field => field.Value.ToString() is { Length: <= MaxField } text ? text : "", StringComparer.Ordinal);
    }

    public static string Field(this IReadOnlyDictionary<string, string> form, string name) => form.GetValueOrDefault(name) ?? "";

    /// <summary>What the browser calls itself, as a person would say it.</summary>
    public static string DeviceOf(this HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        string[] browsers = ["Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/"];
        string[] systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"];
        var browser = browsers.FirstOrDefault(word => agent.Contains(word, StringComparison.Ordinal))?.TrimEnd('/');
        var system = systems.FirstOrDefault(word => agent.Contains(word, StringComparison.Ordinal));
        return (browser switch { "Edg" => "Edge", "OPR" => "Opera", null => "Unknown browser", _ => browser }) + (system is null ? "" : $" on {system}");
    }

    /// <summary>Renders one of these pages: never stored, told to nobody.</summary>
    public static RazorComponentResult Page<TPage>(this HttpContext context, object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(AccountPage.Token)] = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken,
        };
        foreach (var property in parameters?.GetType().GetProperties() ?? [])
        {
            values[property.Name] = property.GetValue(parameters);
        }

        return new RazorComponentResult<TPage>(values) { StatusCode = status };
    }

    public static int StatusOf(Failure failure) => failure.Kind switch
    {
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Forbidden or FailureKind.Unconfirmed => StatusCodes.Status403Forbidden,
        FailureKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        FailureKind.Invalid or FailureKind.Conflict or FailureKind.Outdated => StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>What every page of these takes.</summary>
public abstract class AccountPage : ComponentBase
{
    /// <summary>Antiforgery token of its forms.</summary>
    [Parameter] public string? Token { get; set; }

    /// <summary>What was wrong with the form before.</summary>
    [Parameter] public Failure? Failure { get; set; }

    protected string? FaultOf(string pointer) => Failure?.Faults.FirstOrDefault(fault => fault.Pointer == pointer)?.Message;
}
