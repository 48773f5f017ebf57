using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Platform;

public sealed class RequestTests
{
    [Fact]
    public void EveryRequest_Compiled_StatesItsAccessRule()
    {
        var open = typeof(IGuarded).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false })
            .Where(type => type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)))
            .Where(type => !typeof(IGuarded).IsAssignableFrom(type))
            .Select(type => type.FullName);
        Assert.Empty(open);
    }

    [Fact]
    public async Task Model_AgainstTheNewestMigration_HasNoPendingChanges()
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<OpsDbContext>().Database.HasPendingModelChanges());
    }

    [Fact]
    public void Model_OfSqlServer_HasNoPendingChanges()
    {
        using var db = new Persistence.SqlServer.DesignTimeFactory().CreateDbContext([]);
        Assert.False(db.Database.HasPendingModelChanges());
    }
}
