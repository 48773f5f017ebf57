using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsDashboard.Application.Compliance;

namespace OpsDashboard.Web.Compliance;

/// <summary>Looks at the program itself: its endpoints as they are mapped, its addresses, what it was built from.</summary>
internal sealed class HostEvidence(IServiceProvider services, IConfiguration configuration) : IHostEvidence
{
    public EndpointEvidence Endpoints()
    {
        var all = services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var open = all.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).ToList();
        return new EndpointEvidence(
            all.Count - open.Count,
            open.Count(PublicEndpoints.Holds),
            [.. open.Where(endpoint => !PublicEndpoints.Holds(endpoint)).Select(endpoint => endpoint.RoutePattern.RawText ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    public TransportEvidence Transport()
    {
        var told = configuration["Public:BaseUrl"];
        var listening = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];
        var isLocal = listening.Count > 0 && listening.TrueForAll(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);
        if (told?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new TransportEvidence(isLocal, true, $"It is reached at {told}.");
        }

        if (listening.Count > 0 && listening.TrueForAll(address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return new TransportEvidence(isLocal, true, "It listens by TLS 1.2 and 1.3 alone.");
        }

        return isLocal && string.IsNullOrEmpty(told)
            ? new TransportEvidence(true, false, "Only this machine reaches it: nothing travels.")
            : new TransportEvidence(isLocal, false, "It answers without TLS, and Public:BaseUrl does not say that a proxy adds it.");
    }

    public BuildEvidence Build()
    {
        var own = typeof(HostEvidence).Assembly.Location;
        DateTimeOffset? built = own.Length > 0 ? new DateTimeOffset(File.GetLastWriteTimeUtc(own)) : null;
        var list = Path.ChangeExtension(own, ".deps.json");
        if (!File.Exists(list))
        {
            return new BuildEvidence(built, []);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(list));
        return new BuildEvidence(
            built,
            [
                .. json.RootElement.GetProperty("libraries").EnumerateObject()
                    .Where(library => library.Value.GetProperty("type").GetString() == "package")
                    .Select(library => library.Name.Split('/'))
                    .Select(parts => new BuiltPackage(parts[0], parts[1]))
                    .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase),
            ]);
    }
}
