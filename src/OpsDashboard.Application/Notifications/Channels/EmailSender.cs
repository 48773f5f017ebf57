using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>E-mail over SMTP. The Message-ID is the idempotency key: mailboxes show a repetition once.</summary>
internal sealed class EmailSender(IOptions<SmtpOptions> options, IOptions<OutboundOptions> outbound, ChannelSetup channels) : ISender
{
    private readonly GuardedConnector connector = new(outbound.Value.ToPolicy() with { AllowPrivate = true });

    public bool Sends(Channel channel) => channel == Channel.Email;

    public async Task<SendResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (channels.IsDemoMailbox(Channel.Email, message.Address))
        {
            return SendResult.Sent("Received by the demonstration mailbox; nothing left this machine.");
        }

        if (message.Address.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 2606: nobody has it.
            return SendResult.Refused("The address is made up.");
        }

        if (channels.Lack(Channel.Email) is { } lack)
        {
            return SendResult.Failed(lack);
        }

        var server = options.Value;
        var password = server.User.Length > 0 ? (await File.ReadAllTextAsync(server.PasswordFile, cancellationToken)).Trim() : "";
        try
        {
            await connector.EnsureAllowedAsync(server.Host, cancellationToken);
            using var mail = Compose(message, new MailAddress(server.From));
            using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Security == SmtpSecurity.StartTls, UseDefaultCredentials = false };
            if (server.User.Length > 0)
            {
                client.Credentials = new NetworkCredential(server.User, password);
            }

            await client.SendMailAsync(mail, cancellationToken);
            return SendResult.Sent("The mail server took it.");
        }
        catch (FormatException)
        {
            return SendResult.Refused("The address is no mailbox.");
        }
        catch (SmtpFailedRecipientException fault)
        {
            return Judge(fault.StatusCode, Describe(fault, message.Address, password));
        }
        catch (SmtpException fault)
        {
            return Judge(fault.StatusCode, Describe(fault, message.Address, password));
        }
    }

    /// <summary>The replies of RFC 5321, section 4.2.3, by which a server refuses this mail or its receiver for good. A refused log-in is the operator's to mend.</summary>
    private static SendResult Judge(SmtpStatusCode status, string answer) => (int)status is 550 or 551 or 552 or 553 or 554
        ? SendResult.Refused(answer)
        : SendResult.Failed(answer);

    private static MailMessage Compose(ClaimedMessage message, MailAddress from)
    {
        var mail = new MailMessage
        {
            From = from,
            Subject = OneLine(message.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.To.Add(new MailAddress(message.Address));
        mail.Headers.Add("Message-ID", $"<{message.IdempotencyKey}@{from.Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var (name, value) in ExtraHeaders.Read(message.Headers))
        {
            mail.Headers.Add(name, value);
        }

        if (message.Html is { } html)
        {
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html));
        }

        return mail;
    }

    /// <summary>A line break in a subject would begin a header of its own.</summary>
    private static string OneLine(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    private static string Describe(Exception fault, string address, string password) => fault.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The mail server refused the connection.",
        SocketException socket => $"No connection to the mail server ({socket.SocketErrorCode}).",
        AuthenticationException => "No secure connection to the mail server: its certificate is not trusted.",
        var inner => AnswerText.Clean(inner.Message, address, password),
    };
}
