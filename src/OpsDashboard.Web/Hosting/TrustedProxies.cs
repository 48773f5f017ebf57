using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// Setting <c>Proxies:Trusted</c>: addresses and networks (CIDR) of the proxies in front, with commas between them. Only what they say of a client's
/// address and of its TLS is believed; without any, the client is whoever is connected.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = Read(app.Configuration["Proxies:Trusted"]);
        if (networks.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    private static List<System.Net.IPNetwork> Read(string? setting)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var part in (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (System.Net.IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new System.Net.IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128));
            }
            else
            {
                throw new StartFaultException($"Proxies:Trusted: \"{part}\" is neither an address nor a network such as 10.0.0.0/8.");
            }
        }

        return networks;
    }
}
