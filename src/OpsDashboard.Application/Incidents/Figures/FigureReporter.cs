using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Application.Incidents.Figures;

/// <summary>
/// Measures the contracts' promises about incidents: mean time to detect and to resolve over the trailing 30 days, handed to the
/// product's own intake every five minutes. A milestone that is corrected corrects every sample after it; what was measured stays,
/// as any gauge's past does. A batch is named by its minute, so that two nodes count once.
/// </summary>
internal sealed class FigureReporter(IServiceScopeFactory scopes, StartupState startup, IOptions<IncidentsOptions> options, TimeProvider time, ILogger<FigureReporter> log) : BackgroundService
{
    public const string CallerName = "incidents";
    public const int EveryMinutes = 5;

    /// <summary>Of the shipped catalogs, by platform and figure.</summary>
    private static readonly IReadOnlyDictionary<(string Platform, string Figure), string> Slis = new Dictionary<(string, string), string>
    {
        [("agent-mesh", "mttd")] = "agent-mesh/operations/mttd",
        [("agent-mesh", "mttr")] = "agent-mesh/operations/mttr",
        [("mlops", "mttd")] = "mlops/platform-infrastructure/mttd",
        [("mlops", "mttr")] = "mlops/platform-infrastructure/mttr",
    };

    /// <returns>Null: there was nothing to measure.</returns>
    public async Task<BatchReceipt?> RoundAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.WithKey(CallerName);
        var dispatcher = scope.ServiceProvider.GetRequiredService<IDispatcher>();
        var figures = await dispatcher.Send(new GetMeanTimes(), cancellationToken);
        var values = figures.Succeeded
            ? figures.Value.Targets.Where(target => target.Value is not null && Slis.ContainsKey((target.Platform, target.Id))).Select(target => (Sli: Slis[(target.Platform, target.Id)], Value: target.Value!.Value)).ToList()
            : [];
        if (values.Count == 0)
        {
            return null;
        }

        var minute = Instants.MinuteOf(time.NowMs()) / EveryMinutes * EveryMinutes;
        var receipt = await dispatcher.Send(new IngestSamples(Write(minute, values), IsNdjson: false, BatchId: null), cancellationToken);
        return receipt.Succeeded ? receipt.Value : throw new InvalidOperationException(receipt.Failure!.Message);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (options.Value.ReportFigures && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                EscalationLog.FiguresFailed(log, fault);
            }

            await Task.Delay(TimeSpan.FromMinutes(EveryMinutes), time, stoppingToken);
        }
    }

    private static byte[] Write(int minute, IReadOnlyList<(string Sli, decimal Value)> values)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("batchId"u8, string.Create(CultureInfo.InvariantCulture, $"figures-{minute}"));
            json.WriteStartArray("samples"u8);
            foreach (var (sli, value) in values)
            {
                json.WriteStartObject();
                json.WriteString("sli"u8, sli);
                json.WriteString("at"u8, Instants.ToInstant(minute * Instants.MinuteMs).UtcDateTime);
                json.WriteNumber("value"u8, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
