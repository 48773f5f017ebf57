using Microsoft.EntityFrameworkCore;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>One model for both providers. Features add their tables by configurations in their own folders.</summary>
internal sealed class OpsDbContext(DbContextOptions<OpsDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OpsDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<decimal>().HavePrecision(28, 12);
    }
}
