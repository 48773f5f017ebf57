using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Identity;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>What <see cref="SecondFactor"/> says where no role needs one.</summary>
    public const string None = "none";

    /// <summary>
    /// Roles that need a second factor, with commas between them, or <c>none</c>. Empty: every role that can change anything.
    /// </summary>
    public string SecondFactor { get; set; } = "";

    /// <summary>Hours after which one signs in again, 1 to 720.</summary>
    public int SessionHours { get; set; } = 168;

    /// <summary>Minutes for which a proof of who one is counts for dangerous steps, 1 to 60.</summary>
    public int ConfirmedMinutes { get; set; } = 10;

    /// <summary>Wrong passwords or codes in a row after which an account is refused for a while, 3 to 100.</summary>
    public int Attempts { get; set; } = 10;

    /// <summary>Minutes an account is refused after that, 1 to 1,440.</summary>
    public int RefusedMinutes { get; set; } = 15;

    /// <summary>Hours a link to set up, to accept an invitation or to choose a password works, 1 to 720.</summary>
    public int LinkHours { get; set; } = 72;

    /// <summary>Set by the demo: its people sign in without a password.</summary>
    internal bool DemoPeople { get; set; }

    public bool NeedsSecondFactor(Role role) =>
        string.IsNullOrWhiteSpace(SecondFactor) ? Roles.CanChange(role) : Named().Contains(role);

    internal IEnumerable<string> Unknown() =>
        Words().Where(word => !Enum.TryParse<Role>(word, ignoreCase: true, out var role) || !Enum.IsDefined(role) || char.IsAsciiDigit(word[0]));

    private IEnumerable<Role> Named() => Words().Select(word => Enum.Parse<Role>(word, ignoreCase: true));

    private IEnumerable<string> Words() => SecondFactor.Trim().Equals(None, StringComparison.OrdinalIgnoreCase)
        ? []
        : SecondFactor.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        List<string> faults =
        [
            .. options.Unknown().Select(word => $"Accounts:SecondFactor: \"{word}\" is none of {string.Join(", ", Roles.All)}; or say none."),
            .. Range("SessionHours", options.SessionHours, 1, 720),
            .. Range("ConfirmedMinutes", options.ConfirmedMinutes, 1, 60),
            .. Range("Attempts", options.Attempts, 3, 100),
            .. Range("RefusedMinutes", options.RefusedMinutes, 1, 1440),
            .. Range("LinkHours", options.LinkHours, 1, 720),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Range(string setting, int value, int least, int most) =>
        value < least || value > most ? [$"Accounts:{setting} must be between {least} and {most}."] : [];
}
