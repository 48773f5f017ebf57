using System.Globalization;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Telemetry.Probes;

public enum ProbeKind
{
    /// <summary>GET: status, text in the body, time to the end of the answer.</summary>
    Http,

    /// <summary>A connection: time until it stands.</summary>
    Tcp,

    /// <summary>A TLS handshake: whether the certificate holds, and for how many days.</summary>
    Tls,
}

/// <summary>What is called from outside, and what counts as up.</summary>
public sealed record ProbeDefinition
{
    public const int MinIntervalSeconds = 5;
    public const int MaxIntervalSeconds = 3_600;
    public const int MaxNameLength = 45;

    public required string Platform { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public required ProbeKind Kind { get; init; }

    /// <summary>An http or https address; for TCP and TLS host:port.</summary>
    public required string Target { get; init; }

    public int IntervalSeconds { get; init; } = 60;

    /// <summary>Shorter than the interval.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>HTTP: the only status that counts as up; null: 200 to 299. Redirects are not followed.</summary>
    public int? ExpectStatus { get; init; }

    /// <summary>HTTP: text the first megabyte of the body must contain.</summary>
    public string? BodyContains { get; init; }

    /// <summary>The certificate need not be issued by an authority this machine trusts, nor name the host; it must not have expired.</summary>
    public bool TrustAnyIssuer { get; init; }

    internal string Id => $"{Platform}/{Service}/{Name}";

    internal string AvailabilityName => $"{Name}-availability";

    /// <summary>The second SLI: how long an answer took, or how long the certificate still holds.</summary>
    internal string MeasureName => Kind == ProbeKind.Tls ? $"{Name}-days-left" : $"{Name}-latency";

    /// <summary>All faults at once.</summary>
    public IReadOnlyList<Fault> Check()
    {
        var faults = new List<Fault>();
        Require(StoredSlis.IsName(Platform), "/platform", "platform.name", StoredSlis.NameRule);
        Require(StoredSlis.IsName(Service), "/service", "service.name", StoredSlis.NameRule);
        Require(StoredSlis.IsName(Name), "/name", "name.name", StoredSlis.NameRule);
        Require(Name is null || Name.Length <= MaxNameLength, "/name", "name.tooLong", $"At most {MaxNameLength} characters.");
        Require(IntervalSeconds is >= MinIntervalSeconds and <= MaxIntervalSeconds, "/intervalSeconds", "interval.range",
            $"Between {MinIntervalSeconds} and {MaxIntervalSeconds} seconds.");
        Require(TimeoutSeconds is >= 1 and <= 60, "/timeoutSeconds", "timeout.range", "Between 1 and 60 seconds.");
        Require(TimeoutSeconds < IntervalSeconds, "/timeoutSeconds", "timeout.interval", "Shorter than the interval.");
        Require(ExpectStatus is null or (>= 100 and <= 599), "/expectStatus", "expectStatus.range", "Between 100 and 599.");
        Require(BodyContains is null or { Length: > 0 and <= 500 }, "/bodyContains", "bodyContains.length", "Between 1 and 500 characters.");
        Require(Kind == ProbeKind.Http || (ExpectStatus is null && BodyContains is null), "/kind", "kind.http", "Only HTTP has a status and a body.");
        if (Kind == ProbeKind.Http)
        {
            Require(IsHttp(Target), "/target", "target.http", "An http or https address without user, such as https://example.org/health.");
        }
        else
        {
            Require(TryHostAndPort(Target, out _, out _), "/target", "target.hostPort", "A host and a port, such as example.org:443.");
        }

        return faults;

        void Require(bool holds, string pointer, string rule, string message)
        {
            if (!holds)
            {
                faults.Add(new Fault(pointer, rule, message));
            }
        }
    }

    internal static bool TryHostAndPort(string? target, out string host, out int port)
    {
        host = "";
        port = 0;
        var colon = target?.LastIndexOf(':') ?? -1;
        if (target is null || target.Length > 300 || colon <= 0)
        {
            return false;
        }

        host = target[..colon].Trim('[', ']');
        return int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= 65_535
            && Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    private static bool IsHttp(string? target) =>
        target is { Length: > 0 and <= 2_000 }
        && Uri.TryCreate(target, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0;
}
