using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Notifications;

public enum SmtpSecurity
{
    /// <summary>In the clear; only for a server on the same machine or network.</summary>
    None,

    /// <summary>TLS is demanded after the greeting; a server without it is not used.</summary>
    StartTls,
}

/// <summary>Section <c>Smtp</c>. The server is chosen by the operator, so it may stand in a private network.</summary>
public sealed class SmtpOptions
{
    /// <summary>Empty: e-mail is not set up.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>The sender, as <c>OpsDashboard &lt;ops@example.org&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Empty: no log-in.</summary>
    public string User { get; set; } = "";

    /// <summary>A file with the password; it is read at every delivery, so that a changed one is taken up.</summary>
    public string PasswordFile { get; set; } = "";

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    public bool IsConfigured => Host.Length > 0;
}

internal sealed class SmtpOptionsValidator : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var faults = new List<string>();
        if (!options.IsConfigured)
        {
            return ValidateOptionsResult.Success;
        }

        Require(options.Port is >= 1 and <= 65_535, "Smtp:Port must be between 1 and 65,535.");
        Require(MailAddress.TryCreate(options.From, out _), "Smtp:From must be an address such as OpsDashboard <ops@example.org>.");
        Require(Enum.IsDefined(options.Security), "Smtp:Security must be None or StartTls.");
        Require(options.User.Length == 0 || options.PasswordFile.Length > 0, "Smtp:PasswordFile is required where Smtp:User is set.");
        Require(options.PasswordFile.Length == 0 || File.Exists(options.PasswordFile), "Smtp:PasswordFile does not exist.");
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
