using System.Collections.Frozen;
using System.Reflection;
using MediatR;
using OpsDashboard.Application;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Api.Description;

/// <summary>The request behind a call: calls are named after their requests, so that each tells what it needs and what it answers.</summary>
/// <param name="Access">What a caller must be allowed to do.</param>
/// <param name="Answer">Type of the value; null: nothing.</param>
internal sealed record RequestType(Type Type, Access Access, Type? Answer)
{
    /// <summary>Calls that answer with a part of what their request does, with a file, or with another form of it.</summary>
    private static readonly FrozenSet<string> OwnForm =
        FrozenSet.Create(StringComparer.Ordinal, "ListAgreementTemplates", "ListDeliveries", "ListContactMethods", "ListStatements", "ExportPostMortem", "PrintPostMortem", "ExportAudit", "ExportOpenSlo", "ListAudit", "ListIncidentTimeline");

    /// <summary>Calls that are named otherwise than the request they send.</summary>
    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GetSlo"] = "GetSloStatus",
        ["ListSlos"] = "ListSloStatuses",
        ["ReceiveAlertmanager"] = "ReceiveAlerts",
        ["ReceiveGitHub"] = "ReceiveChangeHook",
        ["ReceiveGitLab"] = "ReceiveChangeHook",
        ["ExportAudit"] = "TellExport",
        ["ListDeliveries"] = "GetPagingBoard",
        ["ListContactMethods"] = "GetPersonContacts",
        ["MoveRoutingRule"] = "ChangeRoutingRule",
        ["EndQuietHours"] = "SetQuietHours",
        ["RetryDelivery"] = "SettleDeadLetter",
        ["DiscardDelivery"] = "SettleDeadLetter",
        ["GetIncidentFigures"] = "GetMeanTimes",
        ["ListIncidentTimeline"] = "ListTimeline",
        ["CallIncidentPath"] = "CallPath",
        ["AddIncidentNote"] = "AddNote",
        ["ListStatements"] = "GetAgreement",
        ["ExportPostMortem"] = "GetPostMortem",
        ["PrintPostMortem"] = "GetPostMortem",
        ["AddPerson"] = "SavePerson",
        ["ChangePerson"] = "SavePerson",
        ["AddSchedule"] = "SaveSchedule",
        ["ChangeSchedule"] = "SaveSchedule",
        ["GetScheduleCalendar"] = "GetCalendar",
        ["AddPolicy"] = "SavePolicy",
        ["ChangePolicy"] = "SavePolicy",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, RequestType> All = typeof(ApplicationRegistration).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IGuarded)))
        .Select(Read)
        .ToFrozenDictionary(request => request.Type.Name, StringComparer.Ordinal);

    public bool IsCommand => Type.IsAssignableTo(typeof(ICommandMarker));

    public static RequestType? Of(string? operation) => operation is null ? null : All.GetValueOrDefault(Others.GetValueOrDefault(operation, operation));

    /// <summary>Whether the call answers with the value of its request as it is, or as the items of a list.</summary>
    public static bool AnswersAsIs(string operation) => !OwnForm.Contains(operation);

    private static RequestType Read(Type type)
    {
        var access = (Access)type.GetProperty(nameof(IGuarded.Access), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var value = type.GetInterfaces().First(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0].GetGenericArguments()[0];
        return new RequestType(type, access, value == typeof(Done) ? null : value);
    }
}
