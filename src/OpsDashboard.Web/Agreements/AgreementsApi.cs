using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Agreements;

/// <summary>Customers, agreements and statements for programs.</summary>
internal static class AgreementsApi
{
    public static void MapAgreementsApi(this WebApplication app)
    {
        var customers = app.MapGroup("/api/v1/customers").WithTags("agreements").DisableAntiforgery();
        customers.MapGet("", ListCustomersAsync).WithName("ListCustomers");
        customers.MapPost("", WriteAsync<SaveCustomer, CustomerSummary>).WithName("SaveCustomer").Accepts<SaveCustomer>("application/json");

        var agreements = app.MapGroup("/api/v1/agreements").WithTags("agreements").DisableAntiforgery();
        agreements.MapGet("templates", (IDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.AnswerAsync(new ListAgreementTemplates(), cancellationToken)).WithName("ListAgreementTemplates");
        agreements.MapGet("", ListAsync).WithName("ListAgreements");
        agreements.MapPost("", WriteAsync<SignAgreement, AgreementRef>).WithName("SignAgreement").Accepts<SignAgreement>("application/json");
        agreements.MapGet("{id}", GetAsync).WithName("GetAgreement");
        agreements.MapPost("{id}/versions", ReviseAsync).WithName("ReviseAgreement").Accepts<NewTerms>("application/json");
        agreements.MapPost("{id}/end", EndAsync).WithName("EndAgreement").Accepts<LastMonth>("application/json");
        agreements.MapGet("{id}/statements", StatementsAsync).WithName("ListStatements");
        agreements.MapGet("{id}/statements/{month}", StatementAsync).WithName("GetStatement");
    }

    private static async Task<IResult> ListCustomersAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListCustomers(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> WriteAsync<TRequest, TValue>(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
        where TRequest : class, ICommand<TValue>
    {
        var body = await RequestBody.ReadAsync<TRequest>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(body.Value, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(IDispatcher dispatcher, string? customer, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListAgreements(customer), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> GetAsync(IDispatcher dispatcher, string id, CancellationToken cancellationToken) =>
        (await dispatcher.Send(new GetAgreement(id), cancellationToken)).ToResult();

    private static async Task<IResult> ReviseAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<NewTerms>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var revise = new ReviseAgreement
        {
            Id = id,
            ExpectedVersion = body.Value.ExpectedVersion,
            EffectiveFrom = body.Value.EffectiveFrom,
            Terms = body.Value.Terms,
            Reason = body.Value.Reason,
        };
        return (await dispatcher.Send(revise, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<LastMonth>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(new EndAgreement(id, body.Value.Month), cancellationToken)).ToResult();
    }

    private static async Task<IResult> StatementsAsync(IDispatcher dispatcher, string id, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetAgreement(id), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value.Statements, limit, cursor);
    }

    /// <summary>JSON, or by Accept a table for a spreadsheet or a document to print.</summary>
    private static async Task<IResult> StatementAsync(HttpRequest request, IDispatcher dispatcher, string id, string month, int? number, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetStatement(id, month, number), cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure.ToResult();
        }

        request.HttpContext.Response.Headers.Vary = "Accept";
        var statement = outcome.Value;
        // What is named first and is to be had; anything goes as JSON.
        var wanted = request.GetTypedHeaders().Accept.Select(accept => accept.MediaType.Value).FirstOrDefault(type => type is "application/json" or "text/csv" or "application/pdf");
        return wanted switch
        {
            "text/csv" => TypedResults.Text(StatementCsv.Write(statement), "text/csv; charset=utf-8"),
            "application/pdf" => TypedResults.Bytes(StatementPdf.Write(statement), "application/pdf"),
            _ => TypedResults.Json(statement, StoreJson.Options),
        };
    }

    private sealed record NewTerms(int ExpectedVersion, string EffectiveFrom, AgreementTerms Terms, string Reason);

    private sealed record LastMonth(string Month);
}
