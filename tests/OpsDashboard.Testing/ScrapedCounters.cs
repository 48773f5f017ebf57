using System.Globalization;
using System.Text;

namespace OpsDashboard.Testing;

/// <summary>
/// A target that is scraped: 45 minutes of counters, told with their timestamps at the first scrape as if scraped every 15 s.
/// What each minute must come to follows from the same formula.
/// </summary>
public sealed class ScrapedCounters(int firstMinute)
{
    public const int Minutes = 45;
    private const int ScrapesPerMinute = 4;

    /// <summary>Instance b restarts here: its counters begin again.</summary>
    private const int RestartAt = 20;

    private int _scrapes;

    /// <summary>First minute whose increase is known: the one before has no scrape before it.</summary>
    public int FirstKnown => firstMinute + 1;

    public int End => firstMinute + Minutes;

    /// <summary>How often it was scraped.</summary>
    public int Scrapes => Volatile.Read(ref _scrapes);

    public static long Total(int index) => 2 * ScrapesPerMinute * Events(index);

    public static long Bad(int index) => index % 7 == 3 ? 2 * ScrapesPerMinute : 0;

    /// <summary>The text of /metrics.</summary>
    public string Scrape() => Interlocked.Increment(ref _scrapes) == 1 ? History() : "";

    private static int Events(int index) => 50 + (index % 5);

    private string History()
    {
        var text = new StringBuilder("# TYPE http_requests_total counter\n# TYPE http_duration_seconds histogram\n");
        foreach (var instance in new[] { "a", "b" })
        {
            long good = 1_000_000, bad = 5_000;
            for (var scrape = 0; scrape < Minutes * ScrapesPerMinute; scrape++)
            {
                var index = scrape / ScrapesPerMinute;
                if (instance == "b" && scrape == RestartAt * ScrapesPerMinute)
                {
                    (good, bad) = (0, 0);
                }

                var failed = index % 7 == 3 ? 1 : 0;
                good += Events(index) - failed;
                bad += failed;
                var at = ((firstMinute * 60L) + (scrape * 15) + 3) * 1000;
                Line(text, $"http_requests_total{{host=\"{instance}\",code=\"200\"}}", good, at);
                Line(text, $"http_requests_total{{host=\"{instance}\",code=\"500\"}}", bad, at);
                Line(text, $"http_duration_seconds_bucket{{host=\"{instance}\",le=\"0.1\"}}", good / 2 * 2, at);
                Line(text, $"http_duration_seconds_bucket{{host=\"{instance}\",le=\"0.5\"}}", good, at);
                Line(text, $"http_duration_seconds_bucket{{host=\"{instance}\",le=\"+Inf\"}}", good + bad, at);
                Line(text, $"queue_age_seconds{{host=\"{instance}\"}}", index, at);
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string series, long value, long at) =>
        text.Append(CultureInfo.InvariantCulture, $"{series} {value} {at}\n");
}
