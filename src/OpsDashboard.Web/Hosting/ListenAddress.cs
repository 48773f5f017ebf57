using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OpsDashboard.Web.Hosting;

internal static class ListenAddress
{
    public const string Default = "http://localhost:5080";

    private static readonly string[] Keys = ["urls", "http_ports", "https_ports"];

    /// <summary>The default applies only where nobody chose an address: appsettings would win over <c>ASPNETCORE_URLS</c>.</summary>
    public static void UseDefault(WebApplicationBuilder builder)
    {
        var chosen = Keys.Any(key => !string.IsNullOrWhiteSpace(builder.Configuration[key]))
            || builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!chosen)
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>An address a client on this machine can open: a wildcard host is told as localhost.</summary>
    public static string First(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        var first = addresses?.FirstOrDefault() ?? throw new InvalidOperationException("The server does not listen yet.");
        var binding = BindingAddress.Parse(first);
        var host = binding.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : binding.Host;
        return $"{binding.Scheme}://{host}:{binding.Port}";
    }

    /// <summary>Throws <see cref="StartFaultException"/> for an address that is malformed, taken, or https without a certificate.</summary>
    public static void EnsureUsable(IConfiguration configuration, IHostEnvironment environment)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var binding = Parse(url);
            // In Development the machine may have a certificate made by dotnet dev-certs.
            if (binding.Scheme == "https" && !environment.IsDevelopment() && !configuration.GetSection("Kestrel:Certificates:Default").Exists())
            {
                throw new StartFaultException($"ASPNETCORE_URLS: {url} needs a certificate in Kestrel:Certificates:Default:Path, or a proxy that ends TLS.");
            }

            if (binding.Port != 0 && !binding.IsUnixPipe)
            {
                EnsureFree(binding, url);
            }
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is { Scheme: "http" or "https" } binding)
            {
                return binding;
            }
        }
        catch (FormatException fault)
        {
            throw new StartFaultException($"ASPNETCORE_URLS: '{url}' is not an address like {Default}.", fault);
        }

        throw new StartFaultException($"ASPNETCORE_URLS: '{url}' must start with http:// or https://.");
    }

    private static void EnsureFree(BindingAddress binding, string url)
    {
        var address = IPAddress.TryParse(binding.Host.Trim('[', ']'), out var given) ? given
            : string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.Any;
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As Kestrel does, so that connections in TIME_WAIT do not count as taken.
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(address, binding.Port));
            probe.Listen();
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new StartFaultException($"ASPNETCORE_URLS: {url} is already in use by another program.", fault);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable)
        {
            throw new StartFaultException($"ASPNETCORE_URLS: cannot listen on {url} ({fault.Message}).", fault);
        }
    }
}
