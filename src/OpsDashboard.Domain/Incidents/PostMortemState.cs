namespace OpsDashboard.Domain.Incidents;

public enum PostMortemState
{
    Draft,
    InReview,
    Published,
}

public static class PostMortemStates
{
    /// <summary>A draft goes to review, from there back or out; what was published stays as it was read.</summary>
    public static bool CanMove(PostMortemState from, PostMortemState to) => (from, to) switch
    {
        (PostMortemState.Draft, PostMortemState.InReview) => true,
        (PostMortemState.InReview, PostMortemState.Draft or PostMortemState.Published) => true,
        _ => false,
    };
}
