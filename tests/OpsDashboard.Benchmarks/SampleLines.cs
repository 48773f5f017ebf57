using System.Globalization;
using System.Text;

namespace OpsDashboard.Benchmarks;

/// <summary>An NDJSON body written once, whose instants are replaced in place: samples of several scrapes, each of all series.</summary>
internal sealed class SampleLines
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int SecondsApart = 10;

    private readonly byte[] bytes;
    private readonly int[] instants;
    private readonly int series;

    public SampleLines(string[] slis, int samplesPerSeries, int events)
    {
        series = slis.Length;
        var text = new StringBuilder();
        instants = new int[slis.Length * samplesPerSeries];
        for (var i = 0; i < instants.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"sli\":\"{slis[i % slis.Length]}\",\"at\":\"");
            instants[i] = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"2026-01-01T00:00:00Z\",\"good\":{events - (i % 3)},\"total\":{events}}}\n");
        }

        bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    public ReadOnlyMemory<byte> Bytes => bytes;

    public void MoveTo(DateTimeOffset now)
    {
        Span<byte> at = stackalloc byte[20];
        for (var i = 0; i < instants.Length; i++)
        {
            if (i % series == 0)
            {
                now.AddSeconds(-SecondsApart * (i / series)).TryFormat(at, out _, Format, CultureInfo.InvariantCulture);
            }

            at.CopyTo(bytes.AsSpan(instants[i]));
        }
    }
}
