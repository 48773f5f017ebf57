using System.Security.Claims;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// Who uses a screen, as they said themselves, until accounts exist. It is carried as a claim without an authentication type, so
/// that a circuit learns of it from its connection and nothing takes it for a sign-in.
/// </summary>
internal static class ScreenPerson
{
    public const string Cookie = "ops-person";

    private const string IdClaim = "ops-person";
    private const string AddressClaim = "ops-address";

    public static ClaimsPrincipal PrincipalOf(PersonRef person) =>
        new(new ClaimsIdentity([new Claim(IdClaim, person.Id), new Claim(ClaimTypes.Name, person.Name)]));

    public static Caller CallerOf(ClaimsPrincipal user) =>
        user.FindFirst(IdClaim)?.Value is { } id && user.FindFirst(ClaimTypes.Name)?.Value is { } name ? Caller.Known(id, name) : Caller.Viewer;

    /// <summary>Lets a circuit know where its connection came from, for the audit trail.</summary>
    public static ClaimsIdentity AddressOf(string address) => new([new Claim(AddressClaim, address)]);

    public static string? AddressOf(ClaimsPrincipal user) => user.FindFirst(AddressClaim)?.Value;
}
