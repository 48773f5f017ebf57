using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes.Hooks;

/// <summary>A message of a Git host that was found to be its own. What says nothing of a deployment is taken and passed over.</summary>
/// <param name="Kind">GitHub's X-GitHub-Event.</param>
public sealed record ReceiveChangeHook(ChangeHookRef Hook, string? Kind, ReadOnlyMemory<byte> Body) : ICommand<ReceivedChange>
{
    public static Access Access => Access.Ingest;
}

/// <param name="Deployment">Its id; null: the message said nothing of one.</param>
public sealed record ReceivedChange(string? Deployment);

internal sealed class ReceiveChangeHookHandler(OpsDbContext db, DeploymentDesk desk, TimeProvider time) : IRequestHandler<ReceiveChangeHook, Outcome<ReceivedChange>>
{
    public async Task<Outcome<ReceivedChange>> Handle(ReceiveChangeHook request, CancellationToken cancellationToken)
    {
        ToldDeployment? told;
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            told = request.Hook.Host switch
            {
                GitHost.GitHub => GitPayloads.OfGitHub(request.Kind, document.RootElement),
                GitHost.GitLab => GitPayloads.OfGitLab(document.RootElement),
            };
        }
        catch (JsonException)
        {
            return Failure.Invalid("/", "body.json", "The body is no JSON.");
        }

        var hook = await db.Set<ChangeHookRow>().SingleOrDefaultAsync(row => row.Id == request.Hook.Id, cancellationToken);
        if (hook is null)
        {
            return Failure.NotFound("The webhook");
        }

        hook.LastReceivedAtMs = time.NowMs();
        hook.LastReceived = Cut(told is null ? $"nothing of a deployment ({request.Kind ?? "no event"})" : $"deployment {told.Id}, {told.Outcome}");
        if (told is not null)
        {
            var body = await db.Set<DeploymentRow>().Where(row => row.Service == hook.Service && row.Key == told.Id).Select(row => row.Body).SingleOrDefaultAsync(cancellationToken);
            var known = body is null ? null : JsonSerializer.Deserialize<Deployment>(body, StoreJson.Options);
            if (await desk.RecordAsync(Fit(told.Onto(known, hook.Service)), cancellationToken) is { } failure)
            {
                return failure;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return new ReceivedChange(told?.Id);
    }

    /// <summary>A host's names may be longer than ours.</summary>
    private static Deployment Fit(Deployment deployment) => deployment with
    {
        Version = Cut(deployment.Version, RecordDeployment.MaxTextLength),
        Environment = Cut(deployment.Environment, 63),
        Author = Cut(deployment.Author, RecordDeployment.MaxTextLength),
    };

    private static string Cut(string text, int most = 200) => text.Length <= most ? text : text[..most];
}
