using MediatR;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>What a caller must be allowed to do before a request runs.</summary>
public enum Access
{
    /// <summary>Reads what every viewer of the product may read.</summary>
    View,

    /// <summary>Hands in samples.</summary>
    Ingest,

    /// <summary>Changes objectives, maintenance windows and probes.</summary>
    EditObjectives,

    /// <summary>Works on alerts, incidents and pages.</summary>
    Respond,

    /// <summary>Changes the catalog and the product's own set-up.</summary>
    Administer,
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

/// <summary>Tells the transaction behaviour apart without its result type.</summary>
public interface ICommandMarker;

/// <summary>The only way from a page, endpoint, hub or worker into a feature.</summary>
public interface IDispatcher
{
    Task<Outcome<TValue>> Send<TValue>(IRequest<Outcome<TValue>> request, CancellationToken cancellationToken);
}
