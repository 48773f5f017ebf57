using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements;

/// <summary>The agreements of the contract to begin from: its tiers with their terms.</summary>
public sealed record ListAgreementTemplates : IQuery<IReadOnlyList<AgreementTemplate>>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class ListAgreementTemplatesHandler : IRequestHandler<ListAgreementTemplates, Outcome<IReadOnlyList<AgreementTemplate>>>
{
    public Task<Outcome<IReadOnlyList<AgreementTemplate>>> Handle(ListAgreementTemplates request, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<AgreementTemplate>>>(AgreementTemplates.All.ToList());
}
