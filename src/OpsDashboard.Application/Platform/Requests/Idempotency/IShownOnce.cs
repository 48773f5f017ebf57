namespace OpsDashboard.Application.Platform.Requests.Idempotency;

/// <summary>
/// An answer with a secret in it that is kept nowhere. A repeated command is not answered from memory then, since that would keep the
/// secret for a day; it is done again, within whatever the command itself allows.
/// </summary>
public interface IShownOnce;
