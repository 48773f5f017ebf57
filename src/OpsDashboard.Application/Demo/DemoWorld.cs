using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Demo.Generation;

namespace OpsDashboard.Application.Demo;

/// <summary>The story with its series, as far as the catalog still has them.</summary>
internal sealed class DemoWorld
{
    private DemoWorld(DemoStory story, IReadOnlyList<(int SeriesId, SeriesShape Shape)> series)
    {
        (Story, Series) = (story, series);
        Hours = new DemoHours(series);
    }

    public DemoStory Story { get; }

    /// <summary>Ascending by number, which is the order of the store.</summary>
    public IReadOnlyList<(int SeriesId, SeriesShape Shape)> Series { get; }

    public DemoHours Hours { get; }

    public IReadOnlyList<string> SliIds => [.. Series.Select(one => one.Shape.Sli)];

    public static DemoWorld Of(DateTimeOffset anchor, SeriesDirectory directory)
    {
        var story = new DemoStory(anchor);
        var found = new List<(int SeriesId, SeriesShape Shape)>();
        foreach (var shape in DemoSeries.Of(story))
        {
            if (directory.TryFind(shape.Sli, out var series))
            {
                found.Add((series.Id, shape));
            }
        }

        found.Sort((left, right) => left.SeriesId.CompareTo(right.SeriesId));
        return new DemoWorld(story, found);
    }
}
