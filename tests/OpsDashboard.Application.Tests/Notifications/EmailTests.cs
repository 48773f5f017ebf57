using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>E-mail, over a real SMTP server.</summary>
public sealed class EmailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ByMail_ArrivesWithTextHtmlAndItsKeyAsMessageId()
    {
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(BusyTimes: 1), Token);
        await using var stage = await PagingStage.SetAsync(settings: SettingsFor(smtp.Port));
        await stage.ReachAsync(channel: Channel.Email, address: "anna@example.org");

        var incident = await stage.OpenAsync(title: "Über 5 % Fehler");
        await stage.SettledAsync();

        var mail = Assert.Single(smtp.Taken);
        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((MessageState.Sent, 2), (message.State, message.Attempts));
        Assert.Equal("ops@example.org", mail.From);
        Assert.Equal(["anna@example.org"], mail.To);
        Assert.Equal($"<{message.IdempotencyKey}@example.org>", mail.Header("Message-ID"));
        Assert.StartsWith("=?utf-8?", mail.Header("Subject"), StringComparison.Ordinal);
        Assert.Contains("text/plain", mail.Raw, StringComparison.Ordinal);
        Assert.Contains("text/html", mail.Raw, StringComparison.Ordinal);
        Assert.Contains("https://ops.example.org/p/", mail.Raw.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Paged anna by e-mail at try 2", (await stage.TimelineAsync(incident.Id))[^1]);
    }

    [Fact]
    public async Task Server_DownForAnHour_GetsTheMailOnceWhenItIsBack()
    {
        int port;
        await using (var gone = await SmtpProcess.StartAsync(new SmtpProcessOptions(), Token))
        {
            port = gone.Port;
        }

        await using var stage = await PagingStage.SetAsync(settings: SettingsFor(port));
        await stage.ReachAsync(channel: Channel.Email, address: "anna@example.org");
        await stage.OpenAsync();
        while (stage.Clock.GetUtcNow() < PagingStage.Now.AddHours(1))
        {
            var before = (await stage.MessagesAsync())[0];
            stage.Skip(DateTimeOffset.FromUnixTimeMilliseconds(before.DueMs) - stage.Clock.GetUtcNow());
            await stage.PassUntilAsync(async () => (await stage.MessagesAsync())[0] is { State: MessageState.Queued } now && now.Attempts > before.Attempts);
        }

        Assert.Equal("The mail server refused the connection.", (await stage.MessagesAsync())[0].Note);
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(port), Token);
        stage.Skip(TimeSpan.FromMinutes(6));
        await stage.SettledAsync();

        // Nobody took the incident meanwhile, so that others were owed: each arrives, and none twice.
        var messages = await stage.MessagesAsync();
        Assert.All(messages, message => Assert.Equal(MessageState.Sent, message.State));
        Assert.Equal(
            messages.Select(message => $"<{message.IdempotencyKey}@example.org>").Order(StringComparer.Ordinal),
            smtp.Taken.Select(mail => mail.Header("Message-ID")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mailbox_ThatIsNone_IsADeadLetterWithoutItsAddress()
    {
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(), Token);
        await using var stage = await PagingStage.SetAsync(settings: SettingsFor(smtp.Port));
        await stage.ReachAsync(channel: Channel.Email, address: "nobody@example.org");

        await stage.OpenAsync();
        await stage.SettledAsync();

        var message = (await stage.MessagesAsync())[0];
        Assert.Equal(MessageState.Dead, message.State);
        Assert.Contains("No such mailbox", message.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody@", message.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_Wrong_IsTriedAgain_AndRightOnceThePasswordIsMended()
    {
        using var directory = new TempDirectory();
        var file = directory.Combine("password");
        await File.WriteAllTextAsync(file, "wrong\n", Token);
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(User: "ops", Password: "right"), Token);
        await using var stage = await PagingStage.SetAsync(settings: [.. SettingsFor(smtp.Port), "Smtp:User=ops", $"Smtp:PasswordFile={file}"]);
        await stage.ReachAsync(channel: Channel.Email, address: "anna@example.org");
        await stage.OpenAsync();
        await stage.PassUntilAsync(async () => (await stage.MessagesAsync())[0].Attempts > 0 && (await stage.MessagesAsync())[0].State == MessageState.Queued);

        Assert.Empty(smtp.Taken);
        await File.WriteAllTextAsync(file, "right\n", Token);
        await stage.SettledAsync();

        Assert.Equal("ops", Assert.Single(smtp.Taken).User);
    }

    [Fact]
    public async Task Subject_WithALineBreak_BeginsNoHeader()
    {
        await using var smtp = await SmtpProcess.StartAsync(new SmtpProcessOptions(), Token);
        await using var stage = await PagingStage.SetAsync(settings: SettingsFor(smtp.Port));

        await stage.WithinAsync(services =>
        {
            services.GetRequiredService<Outbox>().Enqueue(new OutgoingMessage
            {
                DedupeKey = "notice",
                Channel = Channel.Email,
                Address = "anna@example.org",
                Subject = "Hello\r\nBcc: eve@example.org",
                Text = "Text\r\n.\r\nRCPT TO:<eve@example.org>",
                Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://ops.example.org/u>", ["X-Evil"] = "a\r\nBcc: eve@example.org", ["Bad: name"] = "x" },
            });
            return Task.FromResult(0);
        });
        await stage.SettledAsync();

        var mail = Assert.Single(smtp.Taken);
        Assert.Equal(["anna@example.org"], mail.To);
        Assert.DoesNotContain(mail.Headers, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("<https://ops.example.org/u>", mail.Header("List-Unsubscribe"));
        Assert.Null(mail.Header("X-Evil"));
    }

    private static string[] SettingsFor(int port) =>
        ["Smtp:Host=127.0.0.1", $"Smtp:Port={port}", "Smtp:From=OpsDashboard <ops@example.org>", "Smtp:Security=None"];
}
