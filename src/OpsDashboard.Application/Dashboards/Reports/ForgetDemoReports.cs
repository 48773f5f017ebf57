using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>The one way a report goes: it told of a demo that has ended.</summary>
internal sealed class ForgetDemoReports(OpsDbContext db) : INotificationHandler<DemoEnded>
{
    public async Task Handle(DemoEnded notification, CancellationToken cancellationToken)
    {
        await db.Set<ReportRow>().ExecuteDeleteAsync(cancellationToken);
        db.Announce(notification.AtMs, ("reports", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }
}
