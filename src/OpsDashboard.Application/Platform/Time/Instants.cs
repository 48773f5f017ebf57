namespace OpsDashboard.Application.Platform.Time;

/// <summary>The store's instants: Unix milliseconds, UTC.</summary>
public static class Instants
{
    public const long MinuteMs = 60_000;
    public const long HourMs = 60 * MinuteMs;
    public const long DayMs = 24 * HourMs;

    public static long NowMs(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    public static int MinuteOf(long unixMs) => checked((int)Math.DivRem(unixMs, MinuteMs, out _));

    public static DateTimeOffset ToInstant(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
