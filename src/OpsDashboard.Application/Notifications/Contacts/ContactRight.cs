using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Who may change how a person is reached: that person, and an administrator.</summary>
internal static class ContactRight
{
    public static Failure? Objection(Caller caller, string personId) =>
        caller.PersonId == personId || caller.Allowed.Contains(Access.Administer)
            ? null
            : Failure.Forbidden("Only the person and an administrator may change how somebody is reached.");
}
