namespace OpsDashboard.Application.Platform.Startup;

/// <summary>
/// Something that must be done before the process serves, in order; the lowest first.
/// </summary>
internal interface IStartupStep
{
    int Order { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
