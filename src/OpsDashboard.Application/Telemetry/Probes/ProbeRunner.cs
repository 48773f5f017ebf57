using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Calls a target once. Every connection is new, so that what is measured is what a new visitor meets.</summary>
internal sealed class ProbeRunner(IOptions<ProbesOptions> options, TimeProvider time)
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly GuardedConnector connector = new(options.Value.ToPolicy());

    public async Task<ProbeResult> RunAsync(ProbeDefinition probe, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(probe.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var began = time.GetTimestamp();
        try
        {
            return probe.Kind switch
            {
                ProbeKind.Http => await HttpAsync(probe, began, either.Token),
                ProbeKind.Tcp => await TcpAsync(probe, began, either.Token),
                ProbeKind.Tls => await TlsAsync(probe, either.Token),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever waited this long was not served quickly: the wait counts as latency.
            return new ProbeResult(ProbeVerdict.Down, Since(began), null, $"No answer within {probe.TimeoutSeconds} s.");
        }
        catch (Exception fault) when (Refusal(fault) is { } refused)
        {
            return new ProbeResult(ProbeVerdict.Refused, null, null, refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or AuthenticationException)
        {
            return new ProbeResult(ProbeVerdict.Down, null, null, Describe(fault));
        }
    }

    private async Task<ProbeResult> HttpAsync(ProbeDefinition probe, long began, CancellationToken cancellationToken)
    {
        using var handler = connector.CreateHandler(TimeSpan.FromSeconds(probe.TimeoutSeconds));
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.AutomaticDecompression = DecompressionMethods.All;
        if (probe.TrustAnyIssuer)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsInTime(certificate);
        }

        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, probe.Target);
        request.Headers.UserAgent.ParseAdd("OpsDashboard-Probe");
        request.Headers.CacheControl = new() { NoCache = true };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var body = await ReadAsync(response, cancellationToken);
        var took = Since(began);
        var status = (int)response.StatusCode;
        if (probe.ExpectStatus is { } expected ? status != expected : status is < 200 or > 299)
        {
            var wanted = probe.ExpectStatus?.ToString(CultureInfo.InvariantCulture) ?? "200 to 299";
            return new ProbeResult(ProbeVerdict.Down, took, null, $"Status {status} instead of {wanted}.");
        }

        return probe.BodyContains is { } text && !body.Contains(text, StringComparison.Ordinal)
            ? new ProbeResult(ProbeVerdict.Down, took, null, $"Status {status}, but the body lacks the text.")
            : new ProbeResult(ProbeVerdict.Up, took, null, $"Status {status}.");
    }

    private async Task<ProbeResult> TcpAsync(ProbeDefinition probe, long began, CancellationToken cancellationToken)
    {
        ProbeDefinition.TryHostAndPort(probe.Target, out var host, out var port);
        using var socket = await connector.ConnectAsync(host, port, cancellationToken);
        return new ProbeResult(ProbeVerdict.Up, Since(began), null, "Connected.");
    }

    private async Task<ProbeResult> TlsAsync(ProbeDefinition probe, CancellationToken cancellationToken)
    {
        ProbeDefinition.TryHostAndPort(probe.Target, out var host, out var port);
        using var socket = await connector.ConnectAsync(host, port, cancellationToken);
        var found = SslPolicyErrors.None;
        DateTime? expires = null;
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                // Accepted here and judged below: the days left are of interest most when they are over.
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    found = errors;
                    expires = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                    return true;
                },
            },
            cancellationToken);
        if (expires is not { } end)
        {
            return new ProbeResult(ProbeVerdict.Down, null, null, "The server showed no certificate.");
        }

        var days = decimal.Round((decimal)(end - time.GetUtcNow().UtcDateTime).TotalDays, 3);
        var until = end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (days <= 0)
        {
            return new ProbeResult(ProbeVerdict.Down, null, days, $"The certificate expired on {until} UTC.");
        }

        return found == SslPolicyErrors.None || probe.TrustAnyIssuer
            ? new ProbeResult(ProbeVerdict.Up, null, days, $"The certificate holds until {until} UTC.")
            : new ProbeResult(ProbeVerdict.Down, null, days, $"The certificate is not trusted: {Describe(found)}.");
    }

    private bool IsInTime(X509Certificate? certificate) =>
        certificate is X509Certificate2 known && known.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime;

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[MaxBodyBytes];
        var length = await stream.ReadAtLeastAsync(body, MaxBodyBytes, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(body, 0, length);
    }

    private decimal Since(long began) => decimal.Round((decimal)time.GetElapsedTime(began).TotalMilliseconds, 3);

    private static TargetRefusedException? Refusal(Exception fault) => fault as TargetRefusedException ?? fault.InnerException as TargetRefusedException;

    private static string Describe(SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "it was issued for another name";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "there is none" : "its issuer is not known here";
    }

    private static string Describe(Exception fault) => (fault.InnerException ?? fault) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The connection was refused.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "The name cannot be resolved.",
        SocketException socket => $"No connection ({socket.SocketErrorCode}).",
        AuthenticationException => "No secure connection: the certificate is not trusted.",
        _ => "The connection broke in the middle of the answer.",
    };
}
