namespace OpsDashboard.Application.Tests.Architecture;

/// <summary>Tells all findings at once and in full, one a line.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string?> findings)
    {
        if (findings.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } all)
        {
            Assert.Fail(string.Join('\n', all));
        }
    }
}
