using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>Lets the migration tool build the model; it never connects.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<OpsDbContext>
{
    public OpsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<OpsDbContext>();
        options.UseSqlite("Data Source=design-time.db", provider => provider.MigrationsAssembly(typeof(DesignTimeFactory).Assembly.GetName().Name));
        return new OpsDbContext(options.Options);
    }
}
