using System.Diagnostics;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>CPU of a process and wall time between two moments.</summary>
internal readonly record struct Measured(double CpuSeconds, double WallSeconds)
{
    public static async Task<Measured> OfAsync(AppProcess app, Func<Task> work)
    {
        var (cpu, began) = (app.CpuTime, Stopwatch.GetTimestamp());
        await work();
        return new Measured((app.CpuTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Of this process, for what is measured without a server.</summary>
    public static async Task<Measured> OfThisProcessAsync(Func<Task> work)
    {
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        return new Measured((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}

/// <summary>Times of single operations.</summary>
internal static class Percentiles
{
    /// <summary>Nearest rank.</summary>
    public static double At(this IReadOnlyCollection<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
