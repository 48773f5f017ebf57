using System.Globalization;
using FluentValidation;
using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes;

/// <summary>Tells of a deployment, or how it went on. The same id of the same service is the same deployment: what is told last holds.</summary>
public sealed record RecordDeployment(Deployment Deployment) : ICommand<DeploymentRef>, IScoped
{
    public const int MaxStages = 30;
    public const int MaxApprovals = 30;
    public const int MaxTextLength = 100;
    public const int MaxIdLength = 200;

    public static Access Access => Access.Ingest;

    Touches IScoped.Touches => Touches.One(Touched.Of(Deployment.Service));
}

/// <param name="IsNew">False: it was known, and is further on now.</param>
public sealed record DeploymentRef(string Id, string Service, bool IsNew);

internal sealed class RecordDeploymentValidator : AbstractValidator<RecordDeployment>
{
    public RecordDeploymentValidator(TimeProvider time)
    {
        var latest = time.GetUtcNow().AddMinutes(5);
        Text(one => one.Deployment.Id, "id", RecordDeployment.MaxIdLength, required: true);
        Text(one => one.Deployment.Service, "service", 127, required: true);
        Text(one => one.Deployment.Environment, "environment", 63, required: true);
        Text(one => one.Deployment.Version, "version", RecordDeployment.MaxTextLength, required: true);
        Text(one => one.Deployment.Author, "author", RecordDeployment.MaxTextLength, required: true);
        Text(one => one.Deployment.Commit, "commit", RecordDeployment.MaxTextLength, required: false);
        Text(one => one.Deployment.Team, "team", RecordDeployment.MaxTextLength, required: false);
        Text(one => one.Deployment.HotfixApprovedBy, "hotfixApprovedBy", RecordDeployment.MaxTextLength, required: false);
        Holds(one => one.Deployment.Approvals.Count <= RecordDeployment.MaxApprovals && one.Deployment.Approvals.All(IsName), "approvals", "approvals.list", $"At most {RecordDeployment.MaxApprovals} names.");
        Holds(one => one.Deployment.Stages.Count <= RecordDeployment.MaxStages && one.Deployment.Stages.All(stage => IsName(stage.Name) && (stage.EndedAt ?? stage.StartedAt) >= stage.StartedAt), "stages", "stages.list", $"At most {RecordDeployment.MaxStages} stages, each with a name and ended after it began.");
        Holds(one => one.Deployment.StartedAt <= latest && one.Deployment.StartedAt.Year >= 2000, "startedAt", "startedAt.past", "It must have begun.");
        Holds(one => one.Deployment.FinishedAt is not { } end || (end >= one.Deployment.StartedAt && end <= latest), "finishedAt", "finishedAt.order", "After the start, and not in the future.");
        Holds(one => one.Deployment.Outcome == DeploymentOutcome.InProgress || one.Deployment.FinishedAt is not null, "finishedAt", "finishedAt.required", "When it was live, or had failed.");
        Holds(one => one.Deployment.RecoveredAt is not { } back || (one.Deployment.HasFailed && back >= one.Deployment.FinishedAt && back <= latest), "recoveredAt", "recoveredAt.order", "Only after a failure, and after the end.");
        Holds(one => one.Deployment.CommittedAt is not { } commit || commit <= latest, "committedAt", "committedAt.past", "Not in the future.");

        void Text(Func<RecordDeployment, string?> of, string field, int most, bool required) => Holds(
            one => required ? !string.IsNullOrWhiteSpace(of(one)) && of(one)!.Length <= most : of(one) is null || of(one)!.Length <= most,
            field,
            $"{field}.text",
            required ? $"A text of 1 to {most} characters." : $"At most {most} characters.");

        void Holds(Func<RecordDeployment, bool> rule, string field, string code, string message) =>
            RuleFor(one => one).Must(rule).OverridePropertyName(field).WithErrorCode(code).WithMessage(message);
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= RecordDeployment.MaxTextLength } && !string.IsNullOrWhiteSpace(name);
}

internal sealed class RecordDeploymentHandler(DeploymentDesk desk) : IRequestHandler<RecordDeployment, Outcome<DeploymentRef>>
{
    public async Task<Outcome<DeploymentRef>> Handle(RecordDeployment request, CancellationToken cancellationToken) =>
        await desk.RecordAsync(request.Deployment, cancellationToken) is { } failure
            ? failure
            : new DeploymentRef(request.Deployment.Id, request.Deployment.Service, desk.WasNew);
}

/// <summary>Deployments in words for timelines.</summary>
internal static class DeploymentWords
{
    public static string Name(Deployment deployment) => $"{deployment.Service.Split('/')[^1]} {deployment.Version}";

    /// <summary>"error rate 14 %, more than 10 %".</summary>
    public static string Why(string rule, decimal value, decimal limit) => rule switch
    {
        "errorRate" => string.Create(CultureInfo.InvariantCulture, $"error rate {value * 100:0.#} %, more than {limit * 100:0} %"),
        "latencyP99" => string.Create(CultureInfo.InvariantCulture, $"latency p99 {value / 1000:0.##} s, more than {limit / 1000:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} % of health checks fail, more than {limit * 100:0} %"),
    };

    public static string Say(Deployment deployment)
    {
        var what = Name(deployment);
        return deployment.Outcome switch
        {
            DeploymentOutcome.InProgress => $"{(deployment.IsHotfix ? "Hotfix" : "Deployment")} of {what} began",
            DeploymentOutcome.Succeeded => $"{(deployment.IsHotfix ? "Hotfix" : "Deployment")} of {what} is live",
            DeploymentOutcome.Failed => $"Deployment of {what} failed",
            DeploymentOutcome.RolledBack => $"{what} was rolled back",
        };
    }
}
