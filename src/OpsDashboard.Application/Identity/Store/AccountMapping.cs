using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Identity.Store;

/// <summary>ASP.NET Core Identity's tables (schema version 3) in the product's one store.</summary>
internal sealed class AccountStore(OpsDbContext db, IdentityErrorDescriber? describer = null) : UserOnlyStore<Account, OpsDbContext>(db, describer);

internal sealed class AccountMapping
    : IEntityTypeConfiguration<Account>,
        IEntityTypeConfiguration<IdentityUserClaim<string>>,
        IEntityTypeConfiguration<IdentityUserLogin<string>>,
        IEntityTypeConfiguration<IdentityUserToken<string>>,
        IEntityTypeConfiguration<IdentityUserPasskey<string>>
{
    public const int IdLength = 36;
    public const int CredentialIdLength = 1024;

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.HasKey(account => account.Id);
        builder.Property(account => account.Id).HasMaxLength(IdLength);
        builder.Property(account => account.Name).HasMaxLength(Account.MaxNameLength);
        builder.Property(account => account.PersonId).HasMaxLength(63);
        builder.Property(account => account.UserName).HasMaxLength(Account.MaxEmailLength);
        builder.Property(account => account.NormalizedUserName).HasMaxLength(Account.MaxEmailLength);
        builder.Property(account => account.Email).HasMaxLength(Account.MaxEmailLength);
        builder.Property(account => account.NormalizedEmail).HasMaxLength(Account.MaxEmailLength);
        builder.Property(account => account.PasswordHash).HasMaxLength(400);
        builder.Property(account => account.SecurityStamp).HasMaxLength(64);
        builder.Property(account => account.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.Property(account => account.TotpSecret).HasMaxLength(400);
        builder.Property(account => account.NextTotpSecret).HasMaxLength(400);
        builder.HasIndex(account => account.NormalizedUserName).IsUnique();
        builder.HasIndex(account => account.NormalizedEmail).IsUnique();
        builder.Ignore(account => account.PhoneNumber);
        builder.Ignore(account => account.PhoneNumberConfirmed);
        builder.Ignore(account => account.TwoFactorEnabled);
        builder.Ignore(account => account.LockoutEnd);
        builder.Ignore(account => account.LockoutEnabled);
        builder.Ignore(account => account.EmailConfirmed);
        builder.Ignore(account => account.HasPassword);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder)
    {
        builder.ToTable("AccountClaims");
        builder.Property(claim => claim.UserId).HasMaxLength(IdLength);
        builder.Property(claim => claim.ClaimType).HasMaxLength(200);
        builder.Property(claim => claim.ClaimValue).HasMaxLength(1000);
        OwnedBy(builder, nameof(IdentityUserClaim<>.UserId));
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder)
    {
        builder.ToTable("AccountLogins");
        builder.HasKey(login => new { login.LoginProvider, login.ProviderKey });
        builder.Property(login => login.LoginProvider).HasMaxLength(128);
        builder.Property(login => login.ProviderKey).HasMaxLength(256);
        builder.Property(login => login.ProviderDisplayName).HasMaxLength(200);
        builder.Property(login => login.UserId).HasMaxLength(IdLength);
        OwnedBy(builder, nameof(IdentityUserLogin<>.UserId));
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder)
    {
        builder.ToTable("AccountTokens");
        builder.HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
        builder.Property(token => token.UserId).HasMaxLength(IdLength);
        builder.Property(token => token.LoginProvider).HasMaxLength(128);
        builder.Property(token => token.Name).HasMaxLength(128);
        builder.Property(token => token.Value).HasMaxLength(2000);
        OwnedBy(builder, nameof(IdentityUserToken<>.UserId));
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<string>> builder)
    {
        builder.ToTable("AccountPasskeys");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(CredentialIdLength);
        builder.Property(passkey => passkey.UserId).HasMaxLength(IdLength);
        builder.OwnsOne(passkey => passkey.Data).ToJson();
        OwnedBy(builder, nameof(IdentityUserPasskey<>.UserId));
    }

    private static void OwnedBy<T>(EntityTypeBuilder<T> builder, string key)
        where T : class => builder.HasOne<Account>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Cascade);
}
