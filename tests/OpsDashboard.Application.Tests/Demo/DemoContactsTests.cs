using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.Notifications.Pages;
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
        Assert.All(written, row => Assert.EndsWith("@demo.invalid", stage.App.Open(row.Address), StringComparison.Ordinal));
        Assert.Equal("anna", Assert.Single(await stage.ReadAsync(db => db.Set<ContactMethodRow>().ToListAsync(Token))).PersonId);
        Assert.Empty(await stage.ReadAsync(db => db.Set<QuietHoursRow>().ToListAsync(Token)));
    }

    [Theory]
    [InlineData(true, MessageState.Sent, true)]
    [InlineData(false, MessageState.Dead, false)]
    public async Task Page_ToAMailboxOfTheStory_IsReceivedWithTheDemoAndRefusedWithout(bool demo, MessageState ends, bool read)
    {
        // With a mail server, that nothing of the story ever reaches: it would refuse the connection, and the message be tried again.
        await using var stage = await PagingStage.SetAsync(
            configure: services => services.Configure<DemoMailboxOptions>(options => options.Enabled = demo),
            settings: ["Smtp:Host=127.0.0.1", "Smtp:Port=1", "Smtp:From=ops@example.org", "Smtp:Security=None"]);
        await stage.ReachAsync(channel: Channel.Email, address: $"anna{DemoMailboxOptions.Domain}");

        await stage.OpenAsync();
        await stage.SettledAsync();

        // Where nobody is reached the catch-all is called, and is no better off.
        Assert.All(await stage.MessagesAsync(), message => Assert.Equal(ends, message.State));
        var board = await stage.DoAsync(new GetPagingBoard());
        Assert.Equal(read, board.Log.Any(message => message.Received?.Contains("https://ops.example.org/p/", StringComparison.Ordinal) == true));
        Assert.Equal(demo, board.HasDemoMailboxes);
        Assert.Equal(!read, (await stage.DoAsync(new UndeliverablePages())).Count > 0);
    }

    private static Task<int> WithChapterAsync(PagingStage stage, Func<DemoContacts, Task> act) => stage.WithinAsync(async services =>
    {
        await act(new DemoContacts(services.GetRequiredService<ContactRecord>()));
        return 0;
    });
}
