namespace OpsDashboard.Application.Demo;

/// <summary>A part of the story that is no measurement: written once when the demo begins, gone when it is emptied. Runs in the caller's transaction.</summary>
internal interface IDemoChapter
{
    /// <param name="anchor">The hour in which the demo was first started; all of it is told from there.</param>
    Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken);

    Task EraseAsync(long nowMs, CancellationToken cancellationToken);
}
