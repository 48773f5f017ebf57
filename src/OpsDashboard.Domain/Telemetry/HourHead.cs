using System.Buffers.Binary;
using System.Numerics;

namespace OpsDashboard.Domain.Telemetry;

/// <summary>The first nine bytes of an encoded hour: version and what its cells carry, then the seen minutes as bits, little-endian.</summary>
internal readonly record struct HourHead(ulong Seen, bool IsCondensed, bool HasValues, bool HasHistograms)
{
    public const int Length = 9;

    private const int Version = 1 << 4;
    private const int ValuesFlag = 1;
    private const int HistogramsFlag = 2;
    private const int CondensedFlag = 4;

    /// <summary>Bits of the cells that follow.</summary>
    public ulong Cells => IsCondensed ? 1UL : Seen;

    public int SeenMinutes => BitOperations.PopCount(Seen);

    /// <exception cref="InvalidDataException">The data do not begin as an hour does.</exception>
    public static HourHead Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < Length || (data[0] & 0xF8) != Version)
        {
            throw new InvalidDataException("The data do not begin as an hour does.");
        }

        var seen = BinaryPrimitives.ReadUInt64LittleEndian(data[1..]);
        return seen >> TimeIndex.MinutesPerHour == 0
            ? new(seen, (data[0] & CondensedFlag) != 0, (data[0] & ValuesFlag) != 0, (data[0] & HistogramsFlag) != 0)
            : throw new InvalidDataException("An hour has no more than 60 minutes.");
    }

    public void Write(Span<byte> target)
    {
        target[0] = (byte)(Version | (IsCondensed ? CondensedFlag : 0) | (HasValues ? ValuesFlag : 0) | (HasHistograms ? HistogramsFlag : 0));
        BinaryPrimitives.WriteUInt64LittleEndian(target[1..], Seen);
    }
}
