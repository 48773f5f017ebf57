namespace OpsDashboard.Application.Compliance;

/// <summary>What only the host knows of itself.</summary>
public interface IHostEvidence
{
    EndpointEvidence Endpoints();

    TransportEvidence Transport();

    BuildEvidence Build();
}

/// <param name="Guarded">Endpoints that answer nothing to whom nobody knows.</param>
/// <param name="Open">Endpoints that are open on purpose.</param>
/// <param name="Stray">Open endpoints that nobody has said should be.</param>
public sealed record EndpointEvidence(int Guarded, int Open, IReadOnlyList<string> Stray);

/// <param name="IsLocal">Only this machine can reach it.</param>
/// <param name="IsEncrypted">Whoever reaches it does so by TLS.</param>
public sealed record TransportEvidence(bool IsLocal, bool IsEncrypted, string Words);

/// <param name="At">When it was built; null: not known.</param>
public sealed record BuildEvidence(DateTimeOffset? At, IReadOnlyList<BuiltPackage> Packages);

public sealed record BuiltPackage(string Name, string Version);
