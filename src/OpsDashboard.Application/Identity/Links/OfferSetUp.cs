using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.Links;

/// <summary>The secret of the set-up link, for the host to tell once it knows its address; null where there is an administrator, and in the demo.</summary>
public sealed class SetUpOffer
{
    public string? Token { get; internal set; }
}

/// <summary>
/// Where there is no administrator: makes the one of <c>Setup:AdminEmail</c> and <c>Setup:AdminPasswordFile</c>, or a link that makes
/// one. There is no default password anywhere.
/// </summary>
internal sealed class OfferSetUp(
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    IOptions<AccountOptions> options,
    SetUpOffer offer,
    TimeProvider time,
    ILogger<OfferSetUp> log) : IStartupStep
{
    private const string Email = "Setup:AdminEmail";
    private const string PasswordFile = "Setup:AdminPasswordFile";

    public int Order => 40;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (options.Value.DemoPeople || await AccountBook.HasAdministratorAsync(db, cancellationToken))
        {
            return;
        }

        var now = time.NowMs();
        if (configuration[Email] is { Length: > 0 } email)
        {
            await CreateAsync(scope.ServiceProvider, email, now, cancellationToken);
            return;
        }

        offer.Token = await scope.ServiceProvider.GetRequiredService<OneTimeLinks>().MakeAsync(LinkKind.SetUp, null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CreateAsync(IServiceProvider services, string email, long now, CancellationToken cancellationToken)
    {
        var file = configuration[PasswordFile];
        if (string.IsNullOrEmpty(file) || !File.Exists(file))
        {
            throw new OptionsValidationException(PasswordFile, typeof(AccountOptions), [$"{PasswordFile} must name a file with the password of {Email}."]);
        }

        var db = services.GetRequiredService<OpsDbContext>();
        var password = (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n');
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var made = await services.GetRequiredService<AccountBook>().AddAsync(
                new NewAccount("Administrator", email, password, [new RoleGrant(Role.Administrator, Scope.Everything)], null),
                now,
                cancellationToken);
            if (made.Failure is { } failure)
            {
                throw new OptionsValidationException(Email, typeof(AccountOptions), [.. failure.Faults.Select(fault => $"{(fault.Pointer == "/password" ? PasswordFile : Email)}: {fault.Message}")]);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
        AccountLog.AdministratorCreated(log);
    }
}
