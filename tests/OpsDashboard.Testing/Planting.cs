using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Testing;

/// <summary>Objectives with a past, put straight into the store: the intake takes nothing older than two days.</summary>
public static class Planting
{
    /// <summary>An objective in force since <paramref name="createdAt"/>, its service and its series.</summary>
    public static async Task PlantAsync(this InProcessApp app, SloDefinition slo, DateTimeOffset createdAt)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            var service = $"{slo.Platform}/{slo.Service}";
            if (!await db.Set<ServiceRow>().AnyAsync(row => row.Path == service))
            {
                db.Add(new ServiceRow { Path = service, Platform = slo.Platform, Name = slo.Service, DisplayName = slo.Service });
            }

            if (!await db.Set<SliRow>().AnyAsync(row => row.Path == slo.SliId))
            {
                db.Add(ToRow(new SliDefinition
                {
                    Id = slo.SliId,
                    Platform = slo.Platform,
                    Service = slo.Service,
                    Name = slo.SliId.Split('/')[^1],
                    Kind = slo.Kind,
                    Unit = slo.Unit,
                    Source = new SliSource.Push(),
                }));
            }

            db.Add(ToRow(slo, createdAt.ToUnixTimeMilliseconds()));
            await db.SaveChangesAsync();
        }

        await app.Services.GetRequiredService<SeriesDirectory>().LoadAsync(CancellationToken.None);
    }

    /// <summary>What a series measured, minute by minute; an hour that is there already is replaced.</summary>
    public static async Task PlantHistoryAsync(this InProcessApp app, string sliId, IEnumerable<(DateTimeOffset At, MinuteCell Cell)> minutes, bool condensed = false)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var series = await db.Set<SliRow>().Where(row => row.Path == sliId).Select(row => row.Id).SingleAsync();
        foreach (var hour in minutes.GroupBy(minute => TimeIndex.HourOf(TimeIndex.MinuteOf(minute.At.ToUnixTimeMilliseconds()))))
        {
            var chunk = new HourChunk();
            foreach (var (at, cell) in hour)
            {
                chunk.Merge(TimeIndex.MinuteOfHour(TimeIndex.MinuteOf(at.ToUnixTimeMilliseconds())), cell);
            }

            if (condensed)
            {
                chunk.Condense();
            }

            var key = ChunkKey.Of(series, hour.Key);
            await db.Set<HourChunkRow>().Where(row => row.Id == key).ExecuteDeleteAsync();
            db.Add(new HourChunkRow { Id = key, SeriesId = series, Hour = hour.Key, Good = chunk.Good, Total = chunk.Total, Data = chunk.Encode() });
        }

        await db.SaveChangesAsync();
    }

    /// <summary>A planned window for a whole platform, announced a month before it begins.</summary>
    public static async Task PlantMaintenanceAsync(this InProcessApp app, string platform, DateTimeOffset start, TimeSpan length)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        db.Add(new MaintenanceRow
        {
            Platform = platform,
            StartMs = start.ToUnixTimeMilliseconds(),
            EndMs = (start + length).ToUnixTimeMilliseconds(),
            AnnouncedAtMs = start.ToUnixTimeMilliseconds() - (30 * Instants.DayMs),
            Reason = "Planned work",
            Author = "test",
        });
        await db.SaveChangesAsync();
    }

    /// <summary>Lets the evaluator read an objective and its past again, and waits until it is judged.</summary>
    public static async Task JudgeAsync(this InProcessApp app, string sloId, CancellationToken cancellationToken)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            db.Add(new ChangeRow
            {
                Topic = Evaluator.ObjectivesTopic,
                Detail = Encoding.UTF8.GetBytes(sloId),
                AtMs = app.Services.GetRequiredService<TimeProvider>().NowMs(),
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        app.Services.GetRequiredService<FeedSignal>().Nudge();
        await app.UntilAsync(("slo", sloId), () => Task.FromResult(app.Services.GetRequiredService<StatusBoard>().Find(sloId)), status => status is not null, cancellationToken);
    }

    private static SliRow ToRow(SliDefinition sli) => new()
    {
        Path = sli.Id,
        Platform = sli.Platform,
        Service = sli.Service,
        Name = sli.Name,
        Kind = sli.Kind,
        Definition = JsonSerializer.Serialize(sli, StoreJson.Options),
    };

    private static SloRow ToRow(SloDefinition slo, long createdAtMs)
    {
        var row = new SloRow
        {
            Path = slo.Id,
            Platform = slo.Platform,
            Service = slo.Service,
            Version = 1,
            Origin = "test",
            OriginHash = "",
            CreatedAtMs = createdAtMs,
        };
        row.Revisions.Add(new SloRevisionRow
        {
            Version = 1,
            EffectiveFromMs = createdAtMs,
            Definition = JsonSerializer.Serialize(slo, StoreJson.Options),
            Reason = "Planted",
            Author = "test",
            ByUser = false,
            CreatedAtMs = createdAtMs,
        });
        return row;
    }
}
