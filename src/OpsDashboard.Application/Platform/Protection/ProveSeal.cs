using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Platform.Protection;

/// <summary>Opens what an earlier start has sealed: an instance that cannot read its contact data says so at once, and not when it has to page.</summary>
internal sealed class ProveSeal(IServiceScopeFactory scopes, IFieldSeal seal) : IStartupStep
{
    private const string Name = "field-seal.proof";
    private const string Word = "sealed";

    public int Order => 5;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == Name, cancellationToken) is { } proof)
        {
            Open(proof.Value);
            return;
        }

        db.Add(new SettingRow { Name = Name, Value = seal.Close(Word).Text });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (scope.ServiceProvider.GetRequiredService<IStoreProvider>().IsDuplicateKey(fault))
        {
            // Another node was first.
        }
    }

    private void Open(string proof)
    {
        try
        {
            seal.Open(new Sealed(proof));
        }
        catch (CryptographicException)
        {
            throw new OptionsValidationException(
                "Protection",
                typeof(ProveSeal),
                ["Protection:CertificateFile: the contact data of this store was sealed with keys that this certificate does not open. Name the certificate that was used before in Protection:PreviousCertificateFile."]);
        }
    }
}
