namespace OpsDashboard.Domain.Telemetry;

/// <summary>Base-128 integers, least significant group first. The caller guarantees room: <see cref="MaxBytes"/> a number.</summary>
internal static class Varint
{
    public const int MaxBytes = 10;

    public static int Write(Span<byte> target, int position, ulong value)
    {
        while (value >= 0x80)
        {
            target[position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[position++] = (byte)value;
        return position;
    }

    /// <exception cref="InvalidDataException">The data end inside the number, or it exceeds 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> source, ref int position)
    {
        if ((uint)position < (uint)source.Length && source[position] < 0x80)
        {
            return source[position++];
        }

        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)position >= (uint)source.Length)
            {
                throw new InvalidDataException("The data end inside a number.");
            }

            var group = source[position++];
            if (shift == 63 && group > 1)
            {
                break;
            }

            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number exceeds 64 bits.");
    }

    /// <summary>As <see cref="Read"/>, refusing what exceeds <paramref name="most"/>.</summary>
    public static long ReadUpTo(ReadOnlySpan<byte> source, ref int position, long most)
    {
        var value = Read(source, ref position);
        return value <= (ulong)most
            ? (long)value
            : throw new InvalidDataException($"A number exceeds its limit of {most}.");
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
