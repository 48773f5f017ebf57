using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Platform.Outbound;

/// <summary>Section <c>Public</c>.</summary>
public sealed class PublicOptions
{
    /// <summary>Where people reach this instance, as <c>https://ops.example.org</c>; empty: the first address it listens on.</summary>
    public string BaseUrl { get; set; } = "";
}

/// <summary>Begins every link that leaves in a mail, a page or a feed.</summary>
public sealed class PublicAddress(IOptions<PublicOptions> options)
{
    private volatile string? listening;

    /// <summary>Without a slash at the end.</summary>
    public string Url => options.Value.BaseUrl is { Length: > 0 } chosen ? chosen.TrimEnd('/') : listening ?? "http://localhost:5080";

    /// <param name="path">Begins with a slash.</param>
    public string Link(string path) => Url + path;

    /// <summary>Told by the host once it knows its port.</summary>
    public void Listening(string url) => listening = url.TrimEnd('/');
}

internal sealed class PublicOptionsValidator : IValidateOptions<PublicOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicOptions options) =>
        options.BaseUrl.Length == 0 || (Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Public:BaseUrl must be an address such as https://ops.example.org.");
}
