using System.Globalization;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Web.Api;

/// <summary>An outcome as HTTP: the value as JSON, a failure as problem details with <c>errors[]</c>.</summary>
internal static class OutcomeResults
{
    public static IResult ToResult<T>(this Outcome<T> outcome, int status = StatusCodes.Status200OK) =>
        outcome.Failure is { } failure ? failure.ToResult() : TypedResults.Json(outcome.Value, StoreJson.Options, statusCode: status);

    public static IResult ToResult(this Failure failure) => new ProblemResult(failure);

    private static int StatusOf(Failure failure)
    {
        if (failure.Faults.Any(fault => fault.Rule == RequestBody.TooLarge))
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        return failure.Faults.Any(fault => fault.Rule.StartsWith("body.", StringComparison.Ordinal)) ? StatusCodes.Status400BadRequest : StatusOf(failure.Kind);
    }

    private static int StatusOf(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Conflict => StatusCodes.Status409Conflict,
        FailureKind.Outdated => StatusCodes.Status412PreconditionFailed,
        FailureKind.Forbidden => StatusCodes.Status401Unauthorized,
        FailureKind.Unconfirmed => StatusCodes.Status403Forbidden,
        FailureKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    private sealed class ProblemResult(Failure failure) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (failure.RetryAfter is { } wait)
            {
                httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            // Who is known and may not learns that another key would not be asked for.
            var known = httpContext.RequestServices.GetRequiredService<CallerContext>().Current != Caller.Anonymous;
            if (failure.Kind == FailureKind.Forbidden && !known)
            {
                httpContext.Response.Headers.WWWAuthenticate = "Bearer";
            }

            var status = failure.Kind == FailureKind.Forbidden && known ? StatusCodes.Status403Forbidden : StatusOf(failure);
            var problem = TypedResults.Problem(
                detail: failure.Message,
                statusCode: status,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = failure.Faults });
            return problem.ExecuteAsync(httpContext);
        }
    }
}
