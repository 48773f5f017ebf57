using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Web.StatusPages;

internal enum EntryKind
{
    Page,
    Json,
    Feed,
    Badge,
}

/// <summary>One answer, ready to be sent: the bytes in every encoding, with their validators.</summary>
internal sealed class StatusEntry
{
    private StatusEntry(EntryKind kind, string contentType, byte[] content, string hash, DateTimeOffset modified)
    {
        (Kind, ContentType, Content, Hash) = (kind, contentType, content, hash);
        Modified = DateTimeOffset.FromUnixTimeSeconds(modified.ToUnixTimeSeconds());
        LastModified = Modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        (Plain, Gzip, Brotli) = (
            new Encoded(null, content, $"\"{hash}\""),
            new Encoded("gzip", Compress(content, stream => new GZipStream(stream, CompressionLevel.SmallestSize)), $"\"{hash}-g\""),
            new Encoded("br", Compress(content, stream => new BrotliStream(stream, CompressionLevel.Optimal)), $"\"{hash}-b\""));
    }

    /// <param name="Encoding">Null: as it is.</param>
    /// <param name="Tag">Strong validator, one for each encoding (RFC 9110, 8.8.3).</param>
    public sealed record Encoded(string? Encoding, byte[] Bytes, string Tag);

    public EntryKind Kind { get; }

    public string ContentType { get; }

    public byte[] Content { get; }

    public string Hash { get; }

    public DateTimeOffset Modified { get; }

    public string LastModified { get; }

    public Encoded Plain { get; }

    public Encoded Gzip { get; }

    public Encoded Brotli { get; }

    /// <param name="before">What stood there; content that did not change keeps its validators.</param>
    public static StatusEntry Of(EntryKind kind, string contentType, string text, StatusEntry? before, DateTimeOffset now)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
        return before?.Hash == hash && before.ContentType == contentType ? before : new StatusEntry(kind, contentType, content, hash, now);
    }

    /// <summary>The best of what the client takes; a quality of 0 refuses.</summary>
    public Encoded For(string? acceptEncoding)
    {
        if (Accepts(acceptEncoding, "br"))
        {
            return Brotli;
        }

        return Accepts(acceptEncoding, "gzip") ? Gzip : Plain;
    }

    public bool Matches(string tags) =>
        tags == "*" || tags.Contains(Plain.Tag, StringComparison.Ordinal) || tags.Contains(Gzip.Tag, StringComparison.Ordinal) || tags.Contains(Brotli.Tag, StringComparison.Ordinal);

    private static bool Accepts(string? header, string encoding)
    {
        foreach (var part in (header ?? "").AsSpan().Split(','))
        {
            var item = header.AsSpan(part).Trim();
            if (item.StartsWith(encoding, StringComparison.OrdinalIgnoreCase) && (item.Length == encoding.Length || item[encoding.Length] is ';' or ' '))
            {
                return !IsRefused(item[encoding.Length..]);
            }
        }

        return false;
    }

    private static bool IsRefused(ReadOnlySpan<char> parameters)
    {
        var at = parameters.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && parameters[(at + 2)..].Trim().Trim("0.").IsEmpty;
    }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
