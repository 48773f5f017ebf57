using OpsDashboard.Application.Changes.Hooks;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Changes;

/// <summary>Where Git hosts tell of deployments. The key in the address names the webhook, the signature proves the sender.</summary>
internal static class GitHooksApi
{
    private const int MaxBytes = 5 * 1024 * 1024;

    public static void MapGitHooksApi(this WebApplication app)
    {
        var hooks = app.MapGroup("/api/v1/webhooks").WithTags("changes").DisableAntiforgery();
        hooks.MapPost("", CreateAsync).WithName("CreateChangeHook").Accepts<CreateChangeHook>("application/json");
        hooks.MapPost("github/{key}", (HttpContext context, string key, ChangeHooks found, IDispatcher dispatcher, CallerContext caller, CancellationToken token) =>
            ReceiveAsync(new(context, GitHost.GitHub, key, context.Request.Headers["X-Hub-Signature-256"], context.Request.Headers["X-GitHub-Event"]), found, dispatcher, caller, token))
            .AllowAnonymous().WithName("ReceiveGitHub").Accepts<object>("application/json");
        hooks.MapPost("gitlab/{key}", (HttpContext context, string key, ChangeHooks found, IDispatcher dispatcher, CallerContext caller, CancellationToken token) =>
            ReceiveAsync(new(context, GitHost.GitLab, key, context.Request.Headers["X-Gitlab-Token"], null), found, dispatcher, caller, token))
            .AllowAnonymous().WithName("ReceiveGitLab").Accepts<object>("application/json");
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<CreateChangeHook>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(body.Value, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReceiveAsync(Message message, ChangeHooks hooks, IDispatcher dispatcher, CallerContext caller, CancellationToken cancellationToken)
    {
        if (await WholeBody.ReadAsync(message.Context.Request, MaxBytes, cancellationToken) is not { } body)
        {
            return Results.Problem($"A body has at most {MaxBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        using (body)
        {
            if (await hooks.FindAsync(message.Host, message.Key, message.Signature, body.Bytes, cancellationToken) is not { } hook)
            {
                return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);
            }

            caller.Current = new Caller($"webhook {hook.Name}", new HashSet<Access> { Access.Ingest });
            return (await dispatcher.Send(new ReceiveChangeHook(hook, message.Kind, body.Bytes), cancellationToken)).ToResult();
        }
    }

    private sealed record Message(HttpContext Context, GitHost Host, string Key, string? Signature, string? Kind);
}
