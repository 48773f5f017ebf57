using System.Net;
using System.Net.Sockets;
using System.Text;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Tests.Platform.Outbound;

/// <summary>What is called for somebody else is called nowhere inside.</summary>
public sealed class GuardedConnectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task Host_ThatLeadsInside_IsNotCalledHoweverItIsWritten(string host) =>
        await Assert.ThrowsAsync<TargetRefusedException>(() => new GuardedConnector(new OutboundPolicy(AllowPrivate: false, [])).ConnectAsync(host, 80, Token));

    /// <summary>What is connected to is the address that was checked: a name is asked once, so that its second answer gains nothing.</summary>
    [Fact]
    public async Task Redirect_ToSomewhereElse_IsNotFollowed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var calls = 0;
        var serving = Task.Run(
            async () =>
            {
                using var line = await listener.AcceptTcpClientAsync(Token);
                calls++;
                var stream = line.GetStream();
                Assert.Equal(1, await stream.ReadAtLeastAsync(new byte[1], 1, cancellationToken: Token));
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Token);
            },
            Token);
        using var http = new HttpClient(new GuardedConnector(new OutboundPolicy(AllowPrivate: true, [])).CreateHandler(TimeSpan.FromSeconds(30)));

        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), Token);
        await serving;
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(1, calls);
    }
}
