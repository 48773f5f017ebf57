using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Protection;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>One model for both providers. Features add their tables by configurations in their own folders.</summary>
internal sealed class OpsDbContext(DbContextOptions<OpsDbContext> options) : DbContext(options)
{
    /// <summary>Rows of the change feed that the next save writes.</summary>
    public Announcements Announcements { get; } = new();

    /// <summary>Called before anything of a save is written, bursts included.</summary>
    public Action? Saving { get; set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Saving?.Invoke();
        AddRange(Announcements.Take());
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Saving?.Invoke();
        AddRange(Announcements.Take());
        await BulkInsert.WriteAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OpsDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Sealed>().HaveConversion<SealedConverter>();
        configurationBuilder.Properties<decimal>().HavePrecision(28, 12);
    }
}
