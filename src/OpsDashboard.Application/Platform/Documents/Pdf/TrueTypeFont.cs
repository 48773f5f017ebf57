using System.Buffers.Binary;
using System.Text;

namespace OpsDashboard.Application.Platform.Documents.Pdf;

/// <summary>
/// What a PDF needs of a TrueType font: which glyph a character has, how wide it is, and a copy that holds only the glyphs in use.
/// Read as in the OpenType specification (tables head, hhea, hmtx, maxp, cmap, loca, glyf).
/// </summary>
internal sealed class TrueTypeFont
{
    private const int EntryLength = 16;
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] _data;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _metrics;
    private readonly bool _longOffsets;

    public TrueTypeFont(string name, byte[] data)
    {
        Name = name;
        _data = data;
        for (var table = 0; table < UInt16(4); table++)
        {
            var at = 12 + (table * EntryLength);
            _tables[Encoding.ASCII.GetString(data, at, 4)] = ((int)UInt32(at + 8), (int)UInt32(at + 12));
        }

        var head = _tables["head"].Offset;
        UnitsPerEm = UInt16(head + 18);
        Bounds = [Int16(head + 36), Int16(head + 38), Int16(head + 40), Int16(head + 42)];
        _longOffsets = Int16(head + 50) == 1;
        var hhea = _tables["hhea"].Offset;
        Ascent = PerMille(Int16(hhea + 4));
        Descent = PerMille(Int16(hhea + 6));
        _metrics = UInt16(hhea + 34);
        GlyphCount = UInt16(_tables["maxp"].Offset + 4);
        ItalicAngle = (int)UInt32(_tables["post"].Offset + 4) / 65_536d;
        CapHeight = _tables.TryGetValue("OS/2", out var os2) && os2.Length >= 90 ? PerMille(Int16(os2.Offset + 88)) : 700;
        ReadCharacters();
    }

    public string Name { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>In thousandths of the size, as all measures here.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    public double ItalicAngle { get; }

    /// <summary>xMin, yMin, xMax, yMax in font units.</summary>
    public IReadOnlyList<int> Bounds { get; }

    public int PerMille(int units) => (int)Math.Round(units * 1000d / UnitsPerEm);

    /// <summary>0: the font has no such character.</summary>
    public ushort GlyphOf(Rune character) => _glyphs.GetValueOrDefault(character.Value);

    /// <summary>Thousandths of the size.</summary>
    public int WidthOf(ushort glyph) => PerMille(UInt16(_tables["hmtx"].Offset + (4 * Math.Min(glyph, _metrics - 1))));

    /// <summary>The font with all outlines left out but those of these glyphs and of what they are put together from; numbers stay.</summary>
    public byte[] Subset(IEnumerable<ushort> glyphs)
    {
        var wanted = new SortedSet<ushort>(glyphs) { 0 };
        foreach (var glyph in wanted.ToList())
        {
            AddParts(glyph, wanted);
        }

        using var outlines = new MemoryStream();
        var offsets = new byte[4 * (GlyphCount + 1)];
        for (var glyph = 0; glyph < GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (wanted.Contains((ushort)glyph))
            {
                var (start, end) = Outline(glyph);
                outlines.Write(_data, start, end - start);
                outlines.Write(new byte[-outlines.Length & 3]);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * GlyphCount), (uint)outlines.Length);
        return Assemble(outlines.ToArray(), offsets);
    }

    private byte[] Assemble(byte[] outlines, byte[] offsets)
    {
        var parts = Kept.Where(_tables.ContainsKey).Select(name => (name, bytes: name switch
        {
            "glyf" => outlines,
            "loca" => offsets,
            "head" => LongOffsetsHead(),
            _ => _data.AsSpan(_tables[name].Offset, _tables[name].Length).ToArray(),
        })).ToList();
        using var file = new MemoryStream();
        var header = new byte[12 + (EntryLength * parts.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x0001_0000);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)parts.Count);
        var power = (int)Math.Log2(parts.Count);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)(EntryLength << power));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)(EntryLength * parts.Count - (EntryLength << power)));
        file.Write(header);
        for (var part = 0; part < parts.Count; part++)
        {
            var (name, bytes) = parts[part];
            var entry = header.AsSpan(12 + (part * EntryLength), EntryLength);
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(bytes));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)file.Length);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)bytes.Length);
            file.Write(bytes);
            file.Write(new byte[-file.Length & 3]);
        }

        file.Position = 0;
        file.Write(header);
        return file.ToArray();
    }

    private byte[] LongOffsetsHead()
    {
        var head = _data.AsSpan(_tables["head"].Offset, _tables["head"].Length).ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return head;
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = 0u;
        Span<byte> word = stackalloc byte[4];
        for (var at = 0; at < bytes.Length; at += 4)
        {
            word.Clear();
            bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).CopyTo(word);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(word));
        }

        return sum;
    }

    /// <summary>An accented letter is often put together from two glyphs (glyf, composite glyph description).</summary>
    private void AddParts(ushort glyph, SortedSet<ushort> wanted)
    {
        const int words = 1, scale = 8, more = 32, twoScales = 64, matrix = 128;
        var (at, end) = Outline(glyph);
        if (end <= at || Int16(at) >= 0)
        {
            return;
        }

        at += 10;
        int flags;
        do
        {
            flags = UInt16(at);
            var part = UInt16(at + 2);
            if (wanted.Add(part))
            {
                AddParts(part, wanted);
            }

            at += (flags & words) != 0 ? 8 : 6;
            at += (flags & scale) != 0 ? 2 : (flags & twoScales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0;
        }
        while ((flags & more) != 0);
    }

    private (int Start, int End) Outline(int glyph)
    {
        var loca = _tables["loca"].Offset;
        var glyf = _tables["glyf"].Offset;
        return _longOffsets
            ? (glyf + (int)UInt32(loca + (4 * glyph)), glyf + (int)UInt32(loca + (4 * glyph) + 4))
            : (glyf + (2 * UInt16(loca + (2 * glyph))), glyf + (2 * UInt16(loca + (2 * glyph) + 2)));
    }

    private void ReadCharacters()
    {
        var cmap = _tables["cmap"].Offset;
        for (var entry = 0; entry < UInt16(cmap + 2); entry++)
        {
            var at = cmap + (int)UInt32(cmap + 4 + (8 * entry) + 4);
            if (UInt16(at) == 4)
            {
                ReadSegments(at);
            }
            else if (UInt16(at) == 12)
            {
                ReadGroups(at);
            }
        }
    }

    /// <summary>cmap, format 4.</summary>
    private void ReadSegments(int at)
    {
        var doubled = UInt16(at + 6);
        for (var segment = 0; segment < doubled; segment += 2)
        {
            var last = UInt16(at + 14 + segment);
            var first = UInt16(at + 16 + doubled + segment);
            var delta = UInt16(at + 16 + (2 * doubled) + segment);
            var rangeAt = at + 16 + (3 * doubled) + segment;
            var range = UInt16(rangeAt);
            for (int character = first; character <= last && character != 0xFFFF; character++)
            {
                var glyph = range == 0 ? character : UInt16(rangeAt + range + (2 * (character - first)));
                if (glyph != 0 || range == 0)
                {
                    _glyphs.TryAdd(character, (ushort)(glyph + delta));
                }
            }
        }
    }

    /// <summary>cmap, format 12.</summary>
    private void ReadGroups(int at)
    {
        for (var group = 0u; group < UInt32(at + 12); group++)
        {
            var from = at + 16 + (12 * (int)group);
            for (var character = UInt32(from); character <= UInt32(from + 4); character++)
            {
                _glyphs.TryAdd((int)character, (ushort)(UInt32(from + 8) + character - UInt32(from)));
            }
        }
    }

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private short Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));
}
