using MediatR;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>What a caller must be allowed to do before a request runs. Which role may do what stands in <see cref="Roles"/> alone.</summary>
public enum Access
{
    /// <summary>What anyone may, signed in or not: the public status page, a link that carries its own proof, signing in.</summary>
    Public,

    /// <summary>One's own account and one's own on-call data: every signed-in person may.</summary>
    Self,

    /// <summary>Reads operations: objectives, incidents, alerts, on-call, changes, set-up.</summary>
    View,

    /// <summary>Reads executive pages, agreements, statements, credits, KPIs and board reports.</summary>
    ReadReports,

    /// <summary>Reads and verifies the audit trail, and the compliance page.</summary>
    ReadAudit,

    /// <summary>Hands in samples and deployments.</summary>
    Ingest,

    /// <summary>Changes objectives, maintenance windows, probes and metric rules.</summary>
    EditObjectives,

    /// <summary>Changes KPIs and their measurements.</summary>
    EditKpis,

    /// <summary>Changes on-call schedules.</summary>
    EditSchedules,

    /// <summary>Works on alerts, incidents and pages.</summary>
    Respond,

    /// <summary>Changes the catalog, agreements and the product's own set-up.</summary>
    Administer,

    /// <summary>Invites, locks and removes accounts, gives roles, keeps teams.</summary>
    ManagePeople,

    /// <summary>Makes and revokes the keys of programs.</summary>
    ManageKeys,

    /// <summary>Says that somebody proved elsewhere who they are: the product itself, once it has verified it.</summary>
    Vouch,
}

/// <summary>Every request states its access rule; one that does not, does not compile.</summary>
public interface IGuarded
{
    static abstract Access Access { get; }
}

/// <summary>Changes state; runs in one transaction.</summary>
public interface ICommand<TValue> : IRequest<Outcome<TValue>>, IGuarded, ICommandMarker;

/// <summary>Reads; never tracked, never in a write transaction.</summary>
public interface IQuery<TValue> : IRequest<Outcome<TValue>>, IGuarded;

/// <summary>A step that a person takes only shortly after having proved again who they are: second factors, roles, keys.</summary>
public interface IDangerous;

/// <summary>Tells the transaction behaviour apart without its result type.</summary>
public interface ICommandMarker;

/// <summary>The only way from a page, endpoint, hub or worker into a feature.</summary>
public interface IDispatcher
{
    Task<Outcome<TValue>> Send<TValue>(IRequest<Outcome<TValue>> request, CancellationToken cancellationToken);
}
