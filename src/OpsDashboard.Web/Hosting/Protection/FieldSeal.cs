using Microsoft.AspNetCore.DataProtection;
using OpsDashboard.Application.Platform.Protection;

namespace OpsDashboard.Web.Hosting.Protection;

/// <summary>AES with a message authentication code, by the framework's data protection.</summary>
internal sealed class FieldSeal(IDataProtectionProvider protection) : IFieldSeal
{
    private readonly IDataProtector protector = protection.CreateProtector("OpsDashboard.Fields");

    public Sealed Close(string text) => new(protector.Protect(text));

    public string Open(Sealed field) => protector.Unprotect(field.Text);
}
