using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Notifications;

/// <summary>Section <c>Twilio</c>: Twilio, or a service that speaks its API. Chosen by the operator, so it may stand in a private network.</summary>
public sealed class TwilioOptions
{
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>Empty: SMS and voice are not set up.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>A file with the token; it is read at every delivery, so that a changed one is taken up.</summary>
    public string AuthTokenFile { get; set; } = "";

    /// <summary>The number messages and calls come from, in E.164.</summary>
    public string From { get; set; } = "";

    public bool IsConfigured => AccountSid.Length > 0;
}

internal sealed class TwilioOptionsValidator : IValidateOptions<TwilioOptions>
{
    public ValidateOptionsResult Validate(string? name, TwilioOptions options)
    {
        var faults = new List<string>();
        if (!options.IsConfigured)
        {
            return ValidateOptionsResult.Success;
        }

        Require(Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", "Twilio:BaseUrl must be an address such as https://api.twilio.com.");
        Require(options.AccountSid.All(char.IsAsciiLetterOrDigit), "Twilio:AccountSid may hold letters and digits only.");
        Require(options.From.Length > 0, "Twilio:From is required where Twilio:AccountSid is set.");
        Require(File.Exists(options.AuthTokenFile), "Twilio:AuthTokenFile is required where Twilio:AccountSid is set, and must exist.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
