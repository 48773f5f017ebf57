using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>One span and one duration per request, named after it.</summary>
internal sealed class MeasureBehaviour<TRequest, TResponse>(RequestMetrics metrics) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = RequestMetrics.Source.StartActivity(typeof(TRequest).Name);
        var started = Stopwatch.GetTimestamp();
        var result = "fault";
        try
        {
            var response = await next();
            result = response.Failure?.Kind.ToString() ?? "ok";
            return response;
        }
        finally
        {
            activity?.SetTag("result", result);
            metrics.Duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>("request", typeof(TRequest).Name),
                new KeyValuePair<string, object?>("result", result));
        }
    }
}

internal sealed class RequestMetrics : IDisposable
{
    public const string MeterName = "OpsDashboard";

    public static readonly ActivitySource Source = new("OpsDashboard");

    private readonly Meter meter;

    public RequestMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        Duration = meter.CreateHistogram<double>("ops.platform.request_duration", "s", "Time a request took in the pipeline");
    }

    public Histogram<double> Duration { get; }

    public void Dispose() => meter.Dispose();
}
