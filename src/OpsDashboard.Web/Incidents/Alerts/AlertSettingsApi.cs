using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Incidents.Alerts.Routing;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>What decides about alerts, for programs. Matchers are texts as Alertmanager has them: <c>service="checkout"</c>.</summary>
internal static class AlertSettingsApi
{
    public static void MapAlertSettingsApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("alerts").DisableAntiforgery();
        MapSilences(api.MapGroup("silences"));
        MapRouting(api.MapGroup("routing-rules"));
        MapMetricRules(api.MapGroup("metric-rules"));
        MapIntegrations(api.MapGroup("integrations"));
        api.MapDelete("heartbeats/{id:int}", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new RemoveHeartbeat(id), token)).WithName("RemoveHeartbeat");
    }

    private static void MapSilences(RouteGroupBuilder silences)
    {
        silences.MapGet("", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => dispatcher.ListAsync(new ListSilences(), limit, cursor, token)).WithName("ListSilences");
        silences.MapPost("", AddSilenceAsync).WithName("AddSilence").Accepts<SilenceBody>("application/json");
        silences.MapDelete("{id:int}", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new EndSilence(id), token)).WithName("EndSilence");
    }

    private static void MapRouting(RouteGroupBuilder rules)
    {
        rules.MapGet("", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => dispatcher.ListAsync(new ListRoutingRules(), limit, cursor, token)).WithName("ListRoutingRules");
        rules.MapPost("", AddRuleAsync).WithName("AddRoutingRule").Accepts<RuleBody>("application/json");
        rules.MapPut("{id:int}", ChangeRuleAsync).WithName("ChangeRoutingRule").Accepts<RuleBody>("application/json");
        rules.MapPost("{id:int}/move", MoveRuleAsync).WithName("MoveRoutingRule").Accepts<MoveBody>("application/json");
        rules.MapDelete("{id:int}", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new RemoveRoutingRule(id), token)).WithName("RemoveRoutingRule");
        rules.MapPost("try", TryAsync).WithName("TryRouting").Accepts<TrialBody>("application/json");
    }

    private static void MapMetricRules(RouteGroupBuilder rules)
    {
        rules.MapGet("", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => dispatcher.ListAsync(new ListMetricRules(), limit, cursor, token)).WithName("ListMetricRules");
        rules.MapPut("{platform}/{rule}", ChangeMetricRuleAsync).WithName("ChangeMetricRule").Accepts<MetricRuleBody>("application/json");
    }

    private static void MapIntegrations(RouteGroupBuilder integrations)
    {
        integrations.MapGet("", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => dispatcher.ListAsync(new ListIntegrations(), limit, cursor, token)).WithName("ListIntegrations");
        integrations.MapPost("", CreateIntegrationAsync).WithName("CreateIntegration").Accepts<IntegrationBody>("application/json");
        integrations.MapPost("{id:int}/key", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.AnswerAsync(new RenewIntegrationKey(id), token)).WithName("RenewIntegrationKey");
        integrations.MapDelete("{id:int}", (IDispatcher dispatcher, int id, CancellationToken token) => dispatcher.DoAsync(new RevokeIntegration(id), token)).WithName("RevokeIntegration");
        integrations.MapPost("{id:int}/heartbeats", AddHeartbeatAsync).WithName("AddHeartbeat").Accepts<HeartbeatBody>("application/json");
    }

    private static Task<IResult> AddSilenceAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<SilenceBody>(
        (body, faults) =>
        {
            var matchers = Matchers(body.Matchers, faults);
            var start = RequestBody.Instant(body.StartsAt, "/startsAt", faults);
            var end = RequestBody.Instant(body.EndsAt, "/endsAt", faults);
            if (end is null && string.IsNullOrWhiteSpace(body.EndsAt))
            {
                faults.Add(new Fault("/endsAt", "instant.required", "An RFC 3339 instant is required."));
            }

            return () => dispatcher.AnswerAsync(
                new AddSilence { Matchers = matchers, StartsAt = start, EndsAt = end!.Value, Reason = body.Reason ?? "" },
                cancellationToken,
                StatusCodes.Status201Created);
        },
        cancellationToken);

    private static Task<IResult> AddRuleAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<RuleBody>(
        (body, faults) =>
        {
            var rule = Read(body, faults);
            return async () => Flat(await dispatcher.Send(new AddRoutingRule(rule), cancellationToken)).ToResult(StatusCodes.Status201Created);
        },
        cancellationToken);

    private static Task<IResult> ChangeRuleAsync(HttpRequest request, IDispatcher dispatcher, int id, CancellationToken cancellationToken) => request.WithBodyAsync<RuleBody>(
        (body, faults) =>
        {
            var rule = Read(body, faults);
            return async () => Flat(await dispatcher.Send(new ChangeRoutingRule(id) { Rule = rule }, cancellationToken)).ToResult();
        },
        cancellationToken);

    private static Task<IResult> MoveRuleAsync(HttpRequest request, IDispatcher dispatcher, int id, CancellationToken cancellationToken) => request.WithBodyAsync<MoveBody>(
        (body, _) => () => dispatcher.AnswerAsync(new ChangeRoutingRule(id) { Move = body.By }, cancellationToken),
        cancellationToken);

    private static Task<IResult> TryAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<TrialBody>(
        (body, _) => () => dispatcher.AnswerAsync(new TryRouting(body.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)), cancellationToken),
        cancellationToken);

    private static Task<IResult> ChangeMetricRuleAsync(HttpRequest request, IDispatcher dispatcher, string platform, string rule, CancellationToken cancellationToken) => request.WithBodyAsync<MetricRuleBody>(
        (body, _) => () => dispatcher.DoAsync(
            new ChangeMetricRule
            {
                Id = $"{platform}/{rule}",
                Enabled = body.Enabled,
                Limit = body.Limit,
                RecoversAt = body.RecoversAt,
                WindowMinutes = body.WindowMinutes,
                ForMinutes = body.ForMinutes,
            },
            cancellationToken),
        cancellationToken);

    private static Task<IResult> CreateIntegrationAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<IntegrationBody>(
        (body, _) =>
        {
            var create = new CreateIntegration { Name = body.Name ?? "", Platform = body.Platform };
            return () => dispatcher.AnswerAsync(
                body.StaleAfterMinutes is { } stale ? create with { StaleAfterMinutes = stale } : create,
                cancellationToken,
                StatusCodes.Status201Created);
        },
        cancellationToken);

    private static Task<IResult> AddHeartbeatAsync(HttpRequest request, IDispatcher dispatcher, int id, CancellationToken cancellationToken) => request.WithBodyAsync<HeartbeatBody>(
        (body, faults) =>
        {
            var level = Calls.Word<AlertLevel>(body.Level, "/level", faults) ?? AlertLevel.High;
            return () => dispatcher.AnswerAsync(
                new AddHeartbeat
                {
                    IntegrationId = id,
                    Name = body.Name ?? "",
                    Platform = body.Platform,
                    Service = body.Service,
                    IntervalSeconds = body.IntervalSeconds,
                    GraceSeconds = body.GraceSeconds ?? 60,
                    Level = level,
                },
                cancellationToken,
                StatusCodes.Status201Created);
        },
        cancellationToken);

    /// <summary>The rule is the body itself: its faults point into it.</summary>
    private static Outcome<RoutingRuleSummary> Flat(Outcome<RoutingRuleSummary> outcome) => outcome.Failure is { Faults.Count: > 0 } failure
        ? Failure.Invalid([.. failure.Faults.Select(fault => fault with { Pointer = fault.Pointer == "/rule" ? "/" : fault.Pointer.Replace("/rule/", "/", StringComparison.Ordinal) })])
        : outcome;

    private static RoutingRule Read(RuleBody body, List<Fault> faults) => new()
    {
        Name = body.Name ?? "",
        Matchers = Matchers(body.Matchers, faults),
        Platform = body.Platform,
        Service = body.Service,
        Level = Calls.Word<AlertLevel>(body.Level, "/level", faults),
        Severity = body.Severity,
        PolicyId = body.PolicyId,
        Action = Calls.Word<AlertAction>(body.Action, "/action", faults),
    };

    private static IReadOnlyList<LabelMatcher> Matchers(IReadOnlyList<string>? texts, List<Fault> faults) =>
        MatcherText.Read(string.Join('\n', texts ?? []), "/matchers", faults);

    private sealed record SilenceBody(IReadOnlyList<string>? Matchers, string? StartsAt, string? EndsAt, string? Reason);

    private sealed record RuleBody(string? Name, IReadOnlyList<string>? Matchers, string? Platform, string? Service, string? Level, string? Severity, string? PolicyId, string? Action);

    private sealed record MoveBody(int By);

    private sealed record TrialBody(Dictionary<string, string>? Labels);

    private sealed record MetricRuleBody(bool Enabled, decimal Limit, decimal? RecoversAt, int WindowMinutes, int ForMinutes);

    private sealed record IntegrationBody(string? Name, string? Platform, int? StaleAfterMinutes);

    private sealed record HeartbeatBody(string? Name, string? Platform, string? Service, int IntervalSeconds, int? GraceSeconds, string? Level);
}
