using System.Globalization;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Web.Api;

/// <summary>A list as <c>{items, nextCursor}</c>.</summary>
internal static class Page
{
    public const int MaxLimit = 500;
    private const int DefaultLimit = 100;

    public static IResult Of<T>(IReadOnlyList<T> all, int? limit, string? cursor)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return Failure.Invalid("/limit", "limit.range", $"limit must be between 1 and {MaxLimit}.").ToResult();
        }

        var from = 0;
        if (cursor is not null && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > all.Count))
        {
            return Failure.Invalid("/cursor", "cursor.known", "cursor must be the nextCursor of an earlier answer.").ToResult();
        }

        var items = all.Skip(from).Take(limit ?? DefaultLimit).ToList();
        var next = from + items.Count;
        return TypedResults.Json(
            new { items, nextCursor = next < all.Count ? next.ToString(CultureInfo.InvariantCulture) : null },
            StoreJson.Options);
    }
}
