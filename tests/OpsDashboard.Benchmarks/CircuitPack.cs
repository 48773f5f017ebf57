using System.Buffers.Binary;
using System.Text;

namespace OpsDashboard.Benchmarks;

/// <summary>As much of MessagePack as Blazor's circuit protocol (<c>blazorpack</c>) uses: arrays, maps, strings, integers, booleans, binaries.</summary>
internal static class CircuitPack
{
    /// <summary>A message with the length before it, as SignalR frames it.</summary>
    public static byte[] Frame(params object?[] message)
    {
        using var content = new MemoryStream();
        Write(content, message);
        using var framed = new MemoryStream();
        for (var rest = (uint)content.Length; ; rest >>= 7)
        {
            framed.WriteByte((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80)
            {
                break;
            }
        }

        content.WriteTo(framed);
        return framed.ToArray();
    }

    /// <summary>Takes one framed message off the front of what was received.</summary>
    /// <returns>Bytes taken, or 0 while the message is incomplete.</returns>
    public static int TryRead(ReadOnlySpan<byte> received, out object?[] message)
    {
        message = [];
        var (length, at) = (0, 0);
        for (var shift = 0; ; shift += 7)
        {
            if (at == received.Length)
            {
                return 0;
            }

            length |= (received[at] & 0x7F) << shift;
            if (received[at++] < 0x80)
            {
                break;
            }
        }

        if (received.Length - at < length)
        {
            return 0;
        }

        var content = received.Slice(at, length);
        message = (object?[])Read(ref content)!;
        return at + length;
    }

    private static void Write(Stream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xC0);
                break;
            case bool flag:
                to.WriteByte(flag ? (byte)0xC3 : (byte)0xC2);
                break;
            case int or long:
                var number = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
                to.WriteByte(0xD3);
                Span<byte> bytes = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                to.Write(bytes);
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                to.WriteByte(0xDB);
                Span<byte> length = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
                to.Write(length);
                to.Write(utf8);
                break;
            case object?[] array:
                to.WriteByte((byte)(0x90 | array.Length));
                foreach (var item in array)
                {
                    Write(to, item);
                }

                break;
            case Dictionary<string, string>:
                to.WriteByte(0x80);
                break;
            default:
                throw new ArgumentException($"Cannot write a {value.GetType()}.", nameof(value));
        }
    }

    private static object? Read(ref ReadOnlySpan<byte> from)
    {
        var kind = from[0];
        from = from[1..];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Skip(ref from, (kind & 0x0F) * 2),
            < 0xA0 => Array(ref from, kind & 0x0F),
            < 0xC0 => Text(ref from, kind & 0x1F),
            0xC0 => null,
            0xC2 => false,
            0xC3 => true,
            0xC4 => Binary(ref from, (int)Unsigned(ref from, 1)),
            0xC5 => Binary(ref from, (int)Unsigned(ref from, 2)),
            0xC6 => Binary(ref from, (int)Unsigned(ref from, 4)),
            0xCC => (long)Unsigned(ref from, 1),
            0xCD => (long)Unsigned(ref from, 2),
            0xCE => (long)Unsigned(ref from, 4),
            0xCF => (long)Unsigned(ref from, 8),
            0xD0 => (long)(sbyte)Unsigned(ref from, 1),
            0xD1 => (long)(short)Unsigned(ref from, 2),
            0xD2 => (long)(int)Unsigned(ref from, 4),
            0xD3 => (long)Unsigned(ref from, 8),
            0xD9 => Text(ref from, (int)Unsigned(ref from, 1)),
            0xDA => Text(ref from, (int)Unsigned(ref from, 2)),
            0xDB => Text(ref from, (int)Unsigned(ref from, 4)),
            0xDC => Array(ref from, (int)Unsigned(ref from, 2)),
            >= 0xE0 => (long)(sbyte)kind,
            _ => throw new InvalidDataException($"MessagePack type 0x{kind:X2} is not expected here."),
        };
    }

    private static ulong Unsigned(ref ReadOnlySpan<byte> from, int bytes)
    {
        var value = 0UL;
        for (var i = 0; i < bytes; i++)
        {
            value = (value << 8) | from[i];
        }

        from = from[bytes..];
        return value;
    }

    private static object?[] Array(ref ReadOnlySpan<byte> from, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(ref from);
        }

        return items;
    }

    private static object? Skip(ref ReadOnlySpan<byte> from, int items)
    {
        for (var i = 0; i < items; i++)
        {
            Read(ref from);
        }

        return null;
    }

    private static string Text(ref ReadOnlySpan<byte> from, int length)
    {
        var text = Encoding.UTF8.GetString(from[..length]);
        from = from[length..];
        return text;
    }

    /// <summary>Renderings are acknowledged, not looked at: their size is enough.</summary>
    private static object Binary(ref ReadOnlySpan<byte> from, int length)
    {
        from = from[length..];
        return (long)length;
    }
}
