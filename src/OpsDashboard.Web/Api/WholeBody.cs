using System.Buffers;

namespace OpsDashboard.Web.Api;

/// <summary>A request's body in one pooled array.</summary>
internal sealed class WholeBody : IDisposable
{
    private readonly byte[] buffer;
    private readonly int length;

    private WholeBody(byte[] buffer, int length) => (this.buffer, this.length) = (buffer, length);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <returns>Null when it is larger than allowed; one byte more is enough to know.</returns>
    public static async Task<WholeBody?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 65_536, most) + 1);
        var length = 0;
        while (length <= most)
        {
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, most + 1));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return new WholeBody(buffer, length);
            }

            length += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
