using System.Globalization;
using System.Text.Json;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes.Hooks;

/// <summary>What a message of a Git host says of a deployment. Fields that are not there are null; others are passed over.</summary>
internal sealed record ToldDeployment(
    string Id,
    string Environment,
    string Version,
    string? Commit,
    string Author,
    DateTimeOffset At,
    DateTimeOffset? StartedAt,
    DeploymentOutcome Outcome)
{
    /// <summary>The message on top of what was known: what it does not tell stays.</summary>
    public Deployment Onto(Deployment? known, string service)
    {
        var started = known?.StartedAt ?? StartedAt ?? At;
        var ended = Outcome == DeploymentOutcome.InProgress ? known?.FinishedAt : At;
        var now = known ?? new Deployment { Id = Id, Service = service, Environment = Environment, Version = Version, Commit = Commit, Author = Author, StartedAt = started };
        return now with { StartedAt = ended < started ? ended.Value : started, FinishedAt = ended, Outcome = known is { HasFailed: true } && Outcome == DeploymentOutcome.InProgress ? known.Outcome : Outcome };
    }
}

/// <summary>Messages as the hosts document them.</summary>
internal static class GitPayloads
{
    /// <summary>GitHub's events <c>deployment</c> and <c>deployment_status</c>.</summary>
    /// <returns>Null for an event or a state that says nothing of a deployment.</returns>
    public static ToldDeployment? OfGitHub(string? kind, JsonElement body)
    {
        if (kind is not ("deployment" or "deployment_status") || !body.TryGetProperty("deployment", out var deployment))
        {
            return null;
        }

        var status = kind == "deployment_status" && body.TryGetProperty("deployment_status", out var found) ? found : default;
        DeploymentOutcome? outcome = Text(status, "state") switch
        {
            null or "pending" or "queued" or "in_progress" or "waiting" => DeploymentOutcome.InProgress,
            "success" => DeploymentOutcome.Succeeded,
            "failure" or "error" => DeploymentOutcome.Failed,
            // An older deployment that was replaced.
            _ => null,
        };
        var created = Instant(Text(deployment, "created_at"));
        return outcome is null || created is null || Id(deployment, "id") is not { } id ? null : new ToldDeployment(
            $"github-{id}",
            Text(deployment, "environment") ?? Deployment.Production,
            Text(deployment, "ref") ?? "unknown",
            Text(deployment, "sha"),
            Text(Part(deployment, "creator"), "login") ?? "unknown",
            Instant(Text(status, "created_at")) ?? created.Value,
            created,
            outcome.Value);
    }

    /// <summary>GitLab's deployment events.</summary>
    /// <returns>Null for an event or a state that says nothing of a deployment.</returns>
    public static ToldDeployment? OfGitLab(JsonElement body)
    {
        if (Text(body, "object_kind") != "deployment" || Instant(Text(body, "status_changed_at")) is not { } at || Id(body, "deployment_id") is not { } id)
        {
            return null;
        }

        DeploymentOutcome? outcome = Text(body, "status") switch
        {
            "created" or "running" or "blocked" => DeploymentOutcome.InProgress,
            "success" => DeploymentOutcome.Succeeded,
            "failed" or "canceled" => DeploymentOutcome.Failed,
            _ => null,
        };
        return outcome is null ? null : new ToldDeployment(
            $"gitlab-{id}",
            Text(body, "environment") ?? Deployment.Production,
            Text(body, "ref") ?? Text(body, "short_sha") ?? "unknown",
            Text(body, "short_sha"),
            Text(Part(body, "user"), "username") ?? Text(Part(body, "user"), "name") ?? "unknown",
            at,
            null,
            outcome.Value);
    }

    private static JsonElement Part(JsonElement from, string name) => from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var part) ? part : default;

    private static string? Text(JsonElement from, string name) => Part(from, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } some ? some : null;

    private static string? Id(JsonElement from, string name) => Part(from, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var id) ? id.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>RFC 3339, or as GitLab writes it: 2021-04-28 21:50:00 +0200.</summary>
    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
