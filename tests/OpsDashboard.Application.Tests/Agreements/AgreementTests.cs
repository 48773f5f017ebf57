using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Tests.Agreements;

public sealed class AgreementTests
{
    [Fact]
    public async Task Terms_ChangedForALaterMonth_JudgeOnlyFromThere()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.Now, minute => minute % 43_200 >= 30);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);
        await stage.CloseAsync();

        var revised = await stage.SendAsync(Revise(id, 1, "2026-05-01"));
        Assert.Equal(2, revised.Value.Version);
        Assert.Equal((1, 4_200m), ((await stage.StatementAsync(id)).TermsVersion, (await stage.StatementAsync(id)).CreditAmount));
        Assert.Equal((2, 5_000m), ((await stage.StatementAsync(id, "2026-05")).TermsVersion, (await stage.StatementAsync(id, "2026-05")).CreditAmount));

        Assert.Equal(FailureKind.Outdated, (await stage.SendAsync(Revise(id, 1, "2026-07-01"))).Failure!.Kind);
        Assert.Equal(["effectiveFrom.later", "effectiveFrom.closed"], (await stage.SendAsync(Revise(id, 2, "2026-04-01"))).Failure!.Faults.Select(fault => fault.Rule));
        Assert.Equal(["effectiveFrom.month"], (await stage.SendAsync(Revise(id, 2, "2026-07-02"))).Failure!.Faults.Select(fault => fault.Rule));
    }

    [Fact]
    public async Task Agreement_Ended_HasNoStatementAfterItsLastMonth()
    {
        await using var stage = await AgreementStage.SetAsync();
        await stage.MinutesAsync(AgreementStage.Checkout, AgreementStage.April, AgreementStage.Now, _ => true);
        var id = await stage.SignAsync("Northwind", AgreementStage.Enterprise);

        Assert.True((await stage.SendAsync(new EndAgreement(id, "2026-04"))).Succeeded);
        Assert.Equal(1, await stage.CloseAsync());
        Assert.Null(Assert.Single((await stage.SendAsync(new ListAgreements())).Value, one => one.Id == id).Running);
    }

    [Fact]
    public async Task Agreement_WithWrongFields_IsToldAllOfThem()
    {
        await using var stage = await AgreementStage.SetAsync();
        var refused = await stage.SendAsync(new SignAgreement
        {
            CustomerId = "nobody",
            Name = "Agreement",
            EffectiveFrom = "soon",
            Terms = AgreementStage.Enterprise with { Slos = ["shop/nothing/uptime"], Target = 2m },
        });

        Assert.Equal(
            ["/customerId", "/effectiveFrom", "/terms/slos", "/terms/target"],
            refused.Failure!.Faults.Select(fault => fault.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Customer_OfANameThatIsThere_IsRefused()
    {
        await using var stage = await AgreementStage.SetAsync();
        Assert.True((await stage.SendAsync(new SaveCustomer { Name = "Northwind" })).Succeeded);
        Assert.Equal("name.taken", (await stage.SendAsync(new SaveCustomer { Name = " northwind " })).Failure!.Faults[0].Rule);
    }

    private static ReviseAgreement Revise(string id, int seen, string from) => new()
    {
        Id = id,
        ExpectedVersion = seen,
        EffectiveFrom = from,
        Reason = "A larger contract",
        Terms = AgreementStage.Enterprise with { MonthlyFee = 50_000m },
    };
}
