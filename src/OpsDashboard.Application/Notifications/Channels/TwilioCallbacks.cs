using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>What the service behind calls tells of them: a key that was pressed. Only what it has signed counts.</summary>
public sealed class TwilioCallbacks
{
    /// <summary>In a call's own headers: where its keys are told. It never leaves as a header.</summary>
    internal const string GatherHeader = "Gather";

    private readonly TwilioOptions options;
    private readonly PublicAddress address;

    internal TwilioCallbacks(IOptions<TwilioOptions> options, PublicAddress address) => (this.options, this.address) = (options.Value, address);

    /// <param name="signature">The header X-Twilio-Signature.</param>
    /// <returns>Whether the service behind calls sent this form to this path.</returns>
    public async Task<bool> IsGenuineAsync(string path, IEnumerable<KeyValuePair<string, string>> form, string? signature, CancellationToken cancellationToken)
    {
        if (!options.IsConfigured || signature is null)
        {
            return false;
        }

        var token = (await File.ReadAllTextAsync(options.AuthTokenFile, cancellationToken)).Trim();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(token, address.Link(path), form)), Encoding.ASCII.GetBytes(signature));
    }

    /// <summary>The answer to a pressed key, in the service's own markup.</summary>
    public static string Say(string text) => new XElement("Response", new XElement("Say", text)).ToString(SaveOptions.DisableFormatting);

    /// <summary>Where the key of the call with this link is told.</summary>
    internal static string PathOf(string token) => $"/p/{token}/call";

    /// <summary>Twilio, "Validating Signatures": the address, and each field's name and value in the order of the names.</summary>
    internal static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

#pragma warning disable CA5350 // The service's own scheme; HMAC-SHA1 is not broken by collisions of SHA-1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
#pragma warning restore CA5350
    }
}
