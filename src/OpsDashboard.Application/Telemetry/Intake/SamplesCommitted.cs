using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>The feed row of a commit: which hours of which series it touched, as pairs of 32-bit integers.</summary>
public static class SamplesCommitted
{
    public const string FeedTopic = "$samples";

    public static byte[] Pack(IReadOnlyCollection<(int SeriesId, int Hour)> hours)
    {
        var packed = new byte[hours.Count * 8];
        var at = 0;
        foreach (var (seriesId, hour) in hours)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(at), seriesId);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(at + 4), hour);
            at += 8;
        }

        return packed;
    }

    public static IEnumerable<(int SeriesId, int Hour)> Unpack(byte[] packed)
    {
        for (var at = 0; at + 8 <= packed.Length; at += 8)
        {
            yield return (
                System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at)),
                System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(at + 4)));
        }
    }
}
