using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Api;

/// <summary>The steps that calls of one shape share.</summary>
internal static class Calls
{
    /// <summary>All of a list, by pages.</summary>
    public static async Task<IResult> ListAsync<T>(this IDispatcher dispatcher, IRequest<Outcome<IReadOnlyList<T>>> query, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(query, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    /// <summary>Does something that has nothing to tell.</summary>
    public static async Task<IResult> DoAsync(this IDispatcher dispatcher, IRequest<Outcome<Done>> command, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(command, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.NoContent();
    }

    /// <summary>Does something and answers with what came of it.</summary>
    public static async Task<IResult> AnswerAsync<T>(this IDispatcher dispatcher, IRequest<Outcome<T>> request, CancellationToken cancellationToken, int status = StatusCodes.Status200OK) =>
        (await dispatcher.Send(request, cancellationToken)).ToResult(status);

    /// <summary>Reads the body, and what it says is read into faults; without any the call goes on.</summary>
    public static async Task<IResult> WithBodyAsync<T>(this HttpRequest request, Func<T, List<Fault>, Func<Task<IResult>>> read, CancellationToken cancellationToken)
        where T : class
    {
        var body = await RequestBody.ReadAsync<T>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var faults = new List<Fault>();
        var call = read(body.Value, faults);
        return faults.Count > 0 ? Failure.Invalid(faults).ToResult() : await call();
    }

    /// <summary>A word of an enumeration in any case; null where there is none.</summary>
    public static T? Word<T>(string? text, string pointer, List<Fault> faults)
        where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var word))
        {
            return word;
        }

        faults.Add(new Fault(pointer, "word.known", $"One of {string.Join(", ", Enum.GetNames<T>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}."));
        return null;
    }
}
