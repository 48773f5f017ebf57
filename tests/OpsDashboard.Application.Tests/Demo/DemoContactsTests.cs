using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Tests.Notifications;

namespace OpsDashboard.Application.Tests.Demo;

public sealed class DemoContactsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contacts_OfTheStory_LeadNowhereAndGoWithIt()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();

        await WithChapterAsync(stage, chapter => chapter.WriteAsync(PagingStage.Now, 90, PagingStage.Now.ToUnixTimeMilliseconds(), Token));
        await WithChapterAsync(stage, chapter => chapter.WriteAsync(PagingStage.Now, 90, PagingStage.Now.ToUnixTimeMilliseconds(), Token));
        var written = await stage.ReadAsync(db => db.Set<ContactMethodRow>().Where(row => row.PersonId != "anna").ToListAsync(Token));
        await WithChapterAsync(stage, chapter => chapter.EraseAsync(0, Token));

        Assert.Equal(9, written.Count);
        Assert.All(written, row => Assert.EndsWith("@demo.invalid", row.Address, StringComparison.Ordinal));
        Assert.Equal("anna", Assert.Single(await stage.ReadAsync(db => db.Set<ContactMethodRow>().ToListAsync(Token))).PersonId);
        Assert.Empty(await stage.ReadAsync(db => db.Set<QuietHoursRow>().ToListAsync(Token)));
    }

    private static Task<int> WithChapterAsync(PagingStage stage, Func<DemoContacts, Task> act) => stage.WithinAsync(async services =>
    {
        await act(new DemoContacts(services.GetRequiredService<ContactRecord>()));
        return 0;
    });
}
