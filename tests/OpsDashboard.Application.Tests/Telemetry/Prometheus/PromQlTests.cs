using OpsDashboard.Application.Telemetry.Prometheus;

namespace OpsDashboard.Application.Tests.Telemetry.Prometheus;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("http_requests_total", true)]
    [InlineData(" http_requests_total{code=~\"2..\"} ", true)]
    [InlineData("{__name__=\"a:b\",path=\"/x}y\"}", true)]
    [InlineData("x{a=\"\\\"}\"}", true)]
    [InlineData("sum(http_requests_total)", false)]
    [InlineData("a + b", false)]
    [InlineData("x{a=\"b\"} or y", false)]
    [InlineData("x{a=\"b\"", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public void IsSelector_OfExpression_IsTrueForPlainSelectorsOnly(string expression, bool expected) => Assert.Equal(expected, PromQl.IsSelector(expression));

    [Fact]
    public void IncreasePerMinute_OfSelector_TakesARangeOneScrapeWider() =>
        Assert.Equal("sum (increase(x[74999ms])) * 60000 / 74999", PromQl.IncreasePerMinute("x", 15));

    [Fact]
    public void IncreasePerMinute_OfExpression_TakesASubquery() =>
        Assert.Equal("sum by (le) (increase((sum(x))[89999ms:30s])) * 60000 / 89999", PromQl.IncreasePerMinute("sum(x)", 30, " by (le)"));
}
