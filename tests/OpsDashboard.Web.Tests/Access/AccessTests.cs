using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;
using OpsDashboard.Web.Api.Description;
using OpsDashboard.Web.Compliance;
using OpsDashboard.Web.Live;
using OpsDashboard.Web.Ui;
using Right = OpsDashboard.Application.Platform.Requests.Access;

namespace OpsDashboard.Web.Tests.Access;

/// <summary>Everything that can be reached, held against the short public list and against docs/access.md, which is the reviewed truth.</summary>
public sealed partial class AccessTests(AccessStage stage) : IClassFixture<AccessStage>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every endpoint and page is closed to whom nobody knows, or stands on the list with its reason.</summary>
    [Fact]
    public async Task Endpoint_ThatIsNotOnThePublicList_AnswersNothingToAStranger()
    {
        var endpoints = stage.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 200);
        Assert.Empty(endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !PublicEndpoints.Holds(endpoint)).Select(endpoint => endpoint.RoutePattern.RawText));

        var open = new List<string>();
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            using var request = new HttpRequestMessage(new HttpMethod(methods[0]), "/" + Part().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1"));
            using var answer = await stage.App.Anonymous.SendAsync(request, Token);
            // What no route of this form reaches is told to nobody either.
            if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnsupportedMediaType))
            {
                open.Add($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(open);
    }

    /// <summary>The hub has these methods and no others; each asks whether the caller may hear.</summary>
    [Fact]
    public void Hub_HasNoMethodBeyondTheKnownOnes() => Assert.Equal(
        ["OnConnectedAsync", "OnDisconnectedAsync", "Subscribe", "Unsubscribe"],
        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => method.Name)
            .Union(["OnConnectedAsync", "OnDisconnectedAsync"])
            .Order(StringComparer.Ordinal));

    /// <summary>The table in the document is the table in the code: neither is changed alone.</summary>
    [Fact]
    public void Matrix_InTheDocument_IsTheOneThatHolds()
    {
        var told = ReadMatrix();
        foreach (var access in Enum.GetValues<Right>())
        {
            foreach (var role in Roles.All)
            {
                Assert.True(
                    told[(access.ToString(), role.Word())] == Roles.AllowedTo(role).Contains(access),
                    $"docs/access.md and Roles.cs differ on {access} of {role.Word()}.");
            }
        }
    }

    /// <summary>Every call of the API that reads, asked as every role, and every page.</summary>
    [Theory]
    [InlineData(Role.Executive)]
    [InlineData(Role.Responder)]
    [InlineData(Role.TeamLead)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Call_AsARole_IsAnsweredAsTheMatrixSays(Role role)
    {
        var told = ReadMatrix();
        using var http = await Doors.SignedInClientAsync(stage.App.Url, role);
        var wrong = new List<string>();
        foreach (var endpoint in stage.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
            var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
            var needed = page is null ? RequestType.Of(name)?.Access : page.GetCustomAttribute<NeedsAttribute>()?.Access ?? Right.View;
            // The start page leads whoever may not see it to the first place they may.
            if (needed is not { } access || !Reads(endpoint) || endpoint.RoutePattern.RawText is "/" or "")
            {
                continue;
            }

            using var answer = await http.GetAsync("/" + Part().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1"), Token);
            var isRefused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || (page is not null && answer.StatusCode == HttpStatusCode.NotFound && !endpoint.RoutePattern.RawText!.Contains('{', StringComparison.Ordinal));
            if (told[(access.ToString(), role.Word())] ? isRefused : answer.IsSuccessStatusCode)
            {
                wrong.Add($"{endpoint.RoutePattern.RawText} ({access}): {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    private static bool Reads(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET");

    private static Dictionary<(string Access, string Role), bool> ReadMatrix()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "access.md")).Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToList();
        var roles = lines[0][1..6];
        return lines.Skip(2).Where(cells => cells[0].StartsWith('`'))
            .SelectMany(cells => roles.Select((role, at) => (Key: (cells[0].Split('`')[1], role), Value: cells[at + 1].Length > 0)))
            .ToDictionary(one => one.Key, one => one.Value);
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Part();
}

/// <summary>One instance with an account of every role.</summary>
public sealed class AccessStage : IAsyncLifetime
{
    public InProcessApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await InProcessApp.StartAsync(CancellationToken.None);
        await App.ReadyAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
