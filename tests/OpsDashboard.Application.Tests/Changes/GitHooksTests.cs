using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Changes;

/// <summary>Messages in the shapes the hosts publish as examples, signed as they sign.</summary>
public sealed class GitHooksTests
{
    private const string GitHubStatus = """
        {
          "action": "created",
          "deployment_status": {
            "url": "https://api.github.com/repos/Codertocat/Hello-World/deployments/145988746/statuses/209916254",
            "id": 209916254, "node_id": "MDE2OkRlcGxveW1lbnRTdGF0dXMyMDk5MTYyNTQ=", "state": "success",
            "creator": { "login": "Codertocat", "id": 21031067, "type": "User", "site_admin": false },
            "description": "", "environment": "production", "target_url": "",
            "created_at": "2026-11-22T10:10:00Z", "updated_at": "2026-11-22T10:10:00Z",
            "deployment_url": "https://api.github.com/repos/Codertocat/Hello-World/deployments/145988746"
          },
          "deployment": {
            "url": "https://api.github.com/repos/Codertocat/Hello-World/deployments/145988746",
            "id": 145988746, "node_id": "MDEwOkRlcGxveW1lbnQxNDU5ODg3NDY=", "sha": "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
            "ref": "v4.12.1", "task": "deploy", "payload": {}, "original_environment": "production", "environment": "production",
            "description": null, "creator": { "login": "Codertocat", "id": 21031067, "type": "User", "site_admin": false },
            "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:10:00Z"
          },
          "repository": { "id": 186853002, "name": "Hello-World", "full_name": "Codertocat/Hello-World", "private": false },
          "sender": { "login": "Codertocat", "id": 21031067, "type": "User", "site_admin": false }
        }
        """;

    private const string GitLabDeployment = """
        {
          "object_kind": "deployment", "status": "STATUS", "status_changed_at": "AT", "deployment_id": 15, "deployable_id": 796,
          "deployable_url": "http://10.126.0.2:3000/root/test-deployment-webhooks/-/jobs/796", "environment": "production",
          "environment_tier": "production", "environment_slug": "production", "environment_external_url": "https://staging.example.com",
          "project": { "id": 30, "name": "test-deployment-webhooks", "namespace": "Administrator", "path_with_namespace": "root/test-deployment-webhooks", "default_branch": "master" },
          "short_sha": "279484c0", "user": { "id": 1, "name": "Administrator", "username": "root", "email": "admin@example.com" },
          "user_url": "http://10.126.0.2:3000/root", "commit_url": "http://10.126.0.2:3000/root/test-deployment-webhooks/-/commit/279484c09fbe69ededfced8c1bb6e6d24616b468",
          "commit_title": "Add new file"
        }
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GitHub_SignedStatus_BecomesADeployment()
    {
        await using var app = await StartAsync();
        var (path, secret) = await CreateAsync(app, "gitHub");

        Assert.Equal(200, await SendAsync(app, path, GitHubStatus, ("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", Sign(secret, GitHubStatus))));
        var deployment = Assert.Single(await ListAsync(app));
        Assert.Equal("github-145988746 v4.12.1 Codertocat succeeded", Say(deployment));
        Assert.Equal("2026-11-22T10:00:00+00:00", deployment.GetProperty("startedAt").GetString());
        Assert.Equal("2026-11-22T10:10:00+00:00", deployment.GetProperty("finishedAt").GetString());
    }

    [Fact]
    public async Task GitHub_WithAnotherSignature_IsNotHeard()
    {
        await using var app = await StartAsync();
        var (path, secret) = await CreateAsync(app, "gitHub");

        Assert.Equal(404, await SendAsync(app, path, GitHubStatus, ("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", Sign("another", GitHubStatus))));
        Assert.Equal(404, await SendAsync(app, path, GitHubStatus + " ", ("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", Sign(secret, GitHubStatus))));
        Assert.Equal(404, await SendAsync(app, path, GitHubStatus, ("X-GitHub-Event", "deployment_status")));
        Assert.Equal(404, await SendAsync(app, path.Replace("github", "gitlab", StringComparison.Ordinal), GitHubStatus, ("X-Gitlab-Token", secret)));
        Assert.Empty(await ListAsync(app));
    }

    [Fact]
    public async Task GitHub_EventOfSomethingElse_IsTakenAndPassedOver()
    {
        await using var app = await StartAsync();
        var (path, secret) = await CreateAsync(app, "gitHub");
        const string ping = """{"zen":"Anything added dilutes everything else.","hook_id":1}""";

        Assert.Equal(200, await SendAsync(app, path, ping, ("X-GitHub-Event", "ping"), ("X-Hub-Signature-256", Sign(secret, ping))));
        Assert.Empty(await ListAsync(app));
    }

    [Fact]
    public async Task GitLab_DeploymentThatRanAndFailed_IsOne()
    {
        await using var app = await StartAsync();
        var (path, secret) = await CreateAsync(app, "gitLab");

        Assert.Equal(200, await SendAsync(app, path, Told("running", "2026-11-22 11:00:00 +0100"), ("X-Gitlab-Token", secret)));
        Assert.Equal(200, await SendAsync(app, path, Told("failed", "2026-11-22 11:12:00 +0100"), ("X-Gitlab-Token", secret)));
        Assert.Equal(404, await SendAsync(app, path, Told("success", "2026-11-22 11:13:00 +0100"), ("X-Gitlab-Token", "another")));

        var deployment = Assert.Single(await ListAsync(app));
        Assert.Equal("gitlab-15 279484c0 root failed", Say(deployment));
        Assert.Equal(("2026-11-22T10:00:00+00:00", "2026-11-22T10:12:00+00:00"), (deployment.GetProperty("startedAt").GetString(), deployment.GetProperty("finishedAt").GetString()));
    }

    private static string Told(string status, string at) => GitLabDeployment.Replace("STATUS", status, StringComparison.Ordinal).Replace("\"AT\"", $"\"{at}\"", StringComparison.Ordinal);

    private static string Say(JsonElement deployment) => string.Join(' ', new[] { "id", "version", "author", "outcome" }.Select(name => deployment.GetProperty(name).GetString()));

    private static string Sign(string secret, string body) => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static async Task<InProcessApp> StartAsync()
    {
        var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        await app.PlantAsync(Seeding.Availability("shop", "checkout", "availability"), Now.AddDays(-60));
        return app;
    }

    private static async Task<(string Path, string Secret)> CreateAsync(InProcessApp app, string host)
    {
        var (status, body) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { name = "Checkout", host, service = "shop/checkout" }, Token);
        Assert.Equal(201, status);
        return (body.GetProperty("path").GetString()!, body.GetProperty("secret").GetString()!);
    }

    private static async Task<int> SendAsync(InProcessApp app, string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await app.Http.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(InProcessApp app)
    {
        var (_, list) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/deployments", null, Token);
        return [.. list.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("deployment"))];
    }
}
