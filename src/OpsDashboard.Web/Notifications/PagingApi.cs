using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Notifications;

/// <summary>How people are reached and what was sent, for programs.</summary>
internal static class PagingApi
{
    public static void MapPagingApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("paging").DisableAntiforgery();
        MapContacts(api);
        MapDeliveries(api.MapGroup("deliveries"));
    }

    private static void MapContacts(RouteGroupBuilder api)
    {
        var person = api.MapGroup("people/{person}");
        person.MapGet("contacts", ListContactsAsync).WithName("ListContactMethods");
        person.MapPost("contacts", AddContactAsync).WithName("AddContactMethod").Accepts<ContactBody>("application/json");
        person.MapPut("quiet-hours", SetQuietHoursAsync).WithName("SetQuietHours").Accepts<QuietBody>("application/json");
        person.MapDelete("quiet-hours", (IDispatcher dispatcher, string person, CancellationToken token) => dispatcher.DoAsync(new SetQuietHours(person, null), token)).WithName("EndQuietHours");
        var contact = api.MapGroup("contacts/{id:int}");
        contact.MapPatch("", ChangeContactAsync).WithName("ChangeContactMethod").Accepts<ContactChangeBody>("application/json");
        contact.MapDelete("", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new RemoveContactMethod(id), token)).WithName("RemoveContactMethod");
        contact.MapPost("code", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new SendVerificationCode(id), token)).WithName("SendVerificationCode");
        contact.MapPost("verify", VerifyAsync).WithName("VerifyContactMethod").Accepts<CodeBody>("application/json");
        contact.MapPost("test", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new SendTestPage(id), token)).WithName("SendTestPage");
    }

    private static void MapDeliveries(RouteGroupBuilder deliveries)
    {
        deliveries.MapGet("", ListDeliveriesAsync).WithName("ListDeliveries");
        deliveries.MapPost("{id:long}/retry", (IDispatcher dispatcher, long id, CancellationToken token) => SettleAsync(dispatcher, id, retry: true, token)).WithName("RetryDelivery");
        deliveries.MapPost("{id:long}/discard", (IDispatcher dispatcher, long id, CancellationToken token) => SettleAsync(dispatcher, id, retry: false, token)).WithName("DiscardDelivery");
    }

    private static async Task<IResult> ListContactsAsync(IDispatcher dispatcher, string person, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetPersonContacts(person), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value.Methods, limit, cursor);
    }

    private static Task<IResult> AddContactAsync(HttpRequest request, IDispatcher dispatcher, string person, CancellationToken cancellationToken) => request.WithBodyAsync<ContactBody>(
        (body, faults) =>
        {
            var channel = Calls.Word<Channel>(body.Channel, "/channel", faults);
            if (channel is null && faults.Count == 0)
            {
                faults.Add(new Fault("/channel", "channel.required", "Choose a channel: email, slack, webhook, sms or voice."));
            }

            return () => dispatcher.AnswerAsync(
                new AddContactMethod { PersonId = person, Channel = channel!.Value, Address = body.Address ?? "", Label = body.Label, DelayMinutes = body.DelayMinutes },
                cancellationToken,
                StatusCodes.Status201Created);
        },
        cancellationToken);

    private static Task<IResult> ChangeContactAsync(HttpRequest request, IDispatcher dispatcher, int id, CancellationToken cancellationToken) => request.WithBodyAsync<ContactChangeBody>(
        (body, _) => () => dispatcher.DoAsync(new ChangeContactMethod(id) { Label = body.Label, DelayMinutes = body.DelayMinutes, Move = body.Move }, cancellationToken),
        cancellationToken);

    private static Task<IResult> VerifyAsync(HttpRequest request, IDispatcher dispatcher, int id, CancellationToken cancellationToken) => request.WithBodyAsync<CodeBody>(
        (body, _) => () => dispatcher.AnswerAsync(new VerifyContactMethod(id, body.Code ?? ""), cancellationToken),
        cancellationToken);

    private static Task<IResult> SetQuietHoursAsync(HttpRequest request, IDispatcher dispatcher, string person, CancellationToken cancellationToken) => request.WithBodyAsync<QuietBody>(
        (body, faults) =>
        {
            var from = Minute(body.From, "/from", faults);
            var to = Minute(body.To, "/to", faults);
            return () => dispatcher.DoAsync(new SetQuietHours(person, new QuietHours(body.Zone ?? "", from, to)), cancellationToken);
        },
        cancellationToken);

    private static async Task<IResult> ListDeliveriesAsync(IDispatcher dispatcher, string? state, string? kind, string? channel, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var shown = Calls.Word<DeliveryList>(state, "/state", faults) ?? DeliveryList.Ended;
        var request = new GetPagingBoard { Kind = Calls.Word<MessageKind>(kind, "/kind", faults), Channel = Calls.Word<Channel>(channel, "/channel", faults) };
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults).ToResult();
        }

        var outcome = await dispatcher.Send(request, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(Of(outcome.Value, shown), limit, cursor);
    }

    private static IReadOnlyList<LoggedMessage> Of(PagingBoard board, DeliveryList list) => list switch
    {
        DeliveryList.Waiting => board.Queue,
        DeliveryList.GivenUp => board.Dead,
        DeliveryList.Ended => board.Log,
    };

    private static async Task<IResult> SettleAsync(IDispatcher dispatcher, long id, bool retry, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new SettleDeadLetter(id, retry), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.NoContent();
    }

    private static int Minute(string? text, string pointer, List<Fault> faults)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        faults.Add(new Fault(pointer, "time.clock", "A time of day, such as 22:00."));
        return 0;
    }

    private enum DeliveryList
    {
        /// <summary>Waiting and under way, the first due first.</summary>
        Waiting,

        /// <summary>Dead letters.</summary>
        GivenUp,

        /// <summary>Sent, withdrawn and discarded.</summary>
        Ended,
    }

    private sealed record ContactBody(string? Channel, string? Address, string? Label, int DelayMinutes);

    private sealed record ContactChangeBody(string? Label, int? DelayMinutes, int Move);

    private sealed record CodeBody(string? Code);

    private sealed record QuietBody(string? Zone, string? From, string? To);
}
