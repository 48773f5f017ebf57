using System.Net;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Hosting;

/// <summary>Who the client is, behind proxies that are trusted and before those that are not.</summary>
public sealed class TrustedProxiesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.0/8, ::1", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", HttpStatusCode.TooManyRequests)]
    [InlineData("192.0.2.1", HttpStatusCode.TooManyRequests)]
    public async Task SubscribeForm_OfManyClientsBehindAProxy_CountsEachByItsOwnAddressWhereTheProxyIsTrusted(string trusted, HttpStatusCode eleventh)
    {
        await using var app = await InProcessApp.StartAsync(Token, settings: [$"Proxies:Trusted={trusted}"]);
        var last = HttpStatusCode.OK;
        for (var client = 1; client <= 11; client++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/status/subscriptions/email") { Content = new FormUrlEncodedContent([new("email", "none")]) };
            request.Headers.Add("X-Forwarded-For", $"198.51.100.{client}");
            using var answer = await app.Http.SendAsync(request, Token);
            last = answer.StatusCode;
        }

        Assert.Equal(eleventh, last);
    }
}
