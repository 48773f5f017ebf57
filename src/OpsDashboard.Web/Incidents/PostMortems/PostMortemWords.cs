using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Web.Incidents.PostMortems;

internal static class PostMortemWords
{
    public static string Word(this PostMortemState state) => state switch
    {
        PostMortemState.Draft => "Draft",
        PostMortemState.InReview => "In review",
        PostMortemState.Published => "Published",
    };
}
