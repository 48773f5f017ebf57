using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>Ends the demo for good: its history, the months and alerts judged from it, and its feed go; the catalogs stay.</summary>
/// <param name="Word">Must be <see cref="Expected"/>, typed by who asks for it.</param>
public sealed record StartEmpty(string Word) : ICommand<Done>
{
    public const string Expected = "start empty";

    public static Access Access => Access.Administer;
}

/// <summary>The story is over: what others made of its figures is as made up as they were. Published in the transaction that ends it.</summary>
public sealed record DemoEnded(long AtMs) : INotification;

internal sealed class StartEmptyValidator : AbstractValidator<StartEmpty>
{
    public StartEmptyValidator() => RuleFor(request => request.Word)
        .Must(word => string.Equals(word?.Trim(), StartEmpty.Expected, StringComparison.OrdinalIgnoreCase))
        .WithMessage($"Type \"{StartEmpty.Expected}\" to confirm.");
}

internal sealed class StartEmptyHandler(
    OpsDbContext db,
    SeriesDirectory directory,
    HistoryEraser eraser,
    RewrittenHistory history,
    MaintenanceRecord maintenance,
    IEnumerable<IDemoChapter> chapters,
    IMediator mediator,
    TimeProvider time) : IRequestHandler<StartEmpty, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(StartEmpty request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var (state, position) = await db.ReadDemoAsync(cancellationToken);
        if (position == DemoSwitch.Emptied)
        {
            return Failure.Conflict("The demo has ended already.");
        }

        // First the switch, which takes the store's write lock: a fill or feed that writes afterwards finds it and cleans up.
        await db.PutDemoSwitchAsync(DemoSwitch.Emptied, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (state is null)
        {
            return default(Done);
        }

        var world = DemoWorld.Of(state.Anchor, directory);
        await eraser.EraseAsync([.. world.Series.Select(one => one.SeriesId)], cancellationToken);
        await maintenance.ReplaceAsync(DemoWorker.Author, [], now, cancellationToken);
        foreach (var chapter in chapters.Reverse())
        {
            await chapter.EraseAsync(now, cancellationToken);
        }

        await history.ForgetAsync(world.SliIds, now, cancellationToken);
        await mediator.Publish(new DemoEnded(now), cancellationToken);
        return default(Done);
    }
}
