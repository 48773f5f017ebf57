using OpsDashboard.Application.Agreements;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Demo;

/// <summary>Who was promised what in the story: a customer of each tier, so that the outage two months back costs a credit.</summary>
internal sealed class DemoAgreements(AgreementRecord record) : IDemoChapter
{
    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        // The first whole month of the story.
        var first = anchor.AddDays(-historyDays).UtcDateTime;
        var since = new DateTimeOffset(first.Year, first.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        return record.ReplaceAsync(
            DemoWorker.Author,
            [
                Signed("northwind", "Northwind", "enterprise", 42_000m, since),
                Signed("contoso", "Contoso", "enterprise", 18_500m, since),
                Signed("fabrikam", "Fabrikam", "professional", 2_400m, since),
                Signed("tailspin", "Tailspin", "free", 0m, since),
            ],
            nowMs,
            cancellationToken);
    }

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, [], nowMs, cancellationToken);

    private static RecordedAgreement Signed(string customerId, string customer, string tier, decimal fee, DateTimeOffset since)
    {
        var template = AgreementTemplates.Find(tier)!;
        return new RecordedAgreement(customerId, customer, $"{customerId}-{tier}", $"{template.Terms.Tier} agreement", since, template.Terms with { MonthlyFee = fee });
    }
}
