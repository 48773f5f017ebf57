using FluentValidation;
using FluentValidation.Results;
using MediatR;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>Reports every broken rule at once, before anything is loaded.</summary>
internal sealed class ValidateBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var faults = new List<Fault>();
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            faults.AddRange(result.ToFaults());
        }

        return faults.Count == 0 ? await next() : TResponse.FromFailure(Failure.Invalid(faults));
    }
}

internal static class ValidationFaults
{
    public static IEnumerable<Fault> ToFaults(this ValidationResult result) =>
        result.Errors.Select(error => new Fault(Pointer(error.PropertyName), error.ErrorCode, error.ErrorMessage));

    // "Window.Count" and "Rules[1].Threshold" become /window/count and /rules/1/threshold.
    private static string Pointer(string property) =>
        "/" + string.Join('/', property.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}
