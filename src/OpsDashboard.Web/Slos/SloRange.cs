namespace OpsDashboard.Web.Slos;

/// <summary>The spans an objective's charts show; the name is what the URL holds.</summary>
/// <param name="Word">For screen readers and captions.</param>
internal sealed record SloRange(string Name, string Word, TimeSpan Span)
{
    public static IReadOnlyList<SloRange> All { get; } =
    [
        new("1h", "the last hour", TimeSpan.FromHours(1)),
        new("6h", "the last 6 hours", TimeSpan.FromHours(6)),
        new("24h", "the last 24 hours", TimeSpan.FromHours(24)),
        new("7d", "the last 7 days", TimeSpan.FromDays(7)),
        new("30d", "the last 30 days", TimeSpan.FromDays(30)),
        new("90d", "the last 90 days", TimeSpan.FromDays(90)),
        new("13mo", "the last 13 months", TimeSpan.FromDays(396)),
    ];

    public static SloRange Default => All[2];

    /// <summary>An unknown name shows the default.</summary>
    public static SloRange Of(string? name) => All.FirstOrDefault(range => range.Name == name) ?? Default;
}
