using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Web.Dashboards.Operational;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Tests.Dashboards.Operational;

public sealed class BoardFilterTests
{
    [Fact]
    public void Href_AllFilters_ReadBackTheSame()
    {
        var filter = new BoardFilter { Platform = "mlops", Service = "mlops/feature store", Tier = "Größte & beste", State = StateKind.AtRisk, Text = "p99 a=b" };

        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://localhost" + filter.Href()).Query);

        Assert.Equal(filter, BoardFilter.Of(query["platform"], query["service"], query["tier"], query["state"], query["q"]));
    }

    [Fact]
    public void Href_NoFilter_IsThePageItself() => Assert.Equal("/", BoardFilter.Everything.Href());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("burning")]
    public void State_UnknownWord_DoesNotFilter(string? word) => Assert.False(BoardFilter.Of(null, null, null, word, null).IsSet);

    [Fact]
    public void Text_AtItsLimitAndOneBeyond_IsTakenAndLeftOut()
    {
        var longest = new string('x', GetOperationsBoard.MaxFilterLength);

        Assert.Equal(longest, BoardFilter.Of(null, null, null, null, longest).Text);
        Assert.Null(BoardFilter.Of(null, null, null, null, longest + "x").Text);
    }
}
