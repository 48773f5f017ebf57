using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Agreements;

/// <param name="Agreements">How many it has.</param>
public sealed record CustomerSummary(string Id, string Name, string? Tier, int Agreements);

/// <summary>All customers by name.</summary>
public sealed record ListCustomers : IQuery<IReadOnlyList<CustomerSummary>>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class ListCustomersHandler(OpsDbContext db) : IRequestHandler<ListCustomers, Outcome<IReadOnlyList<CustomerSummary>>>
{
    public async Task<Outcome<IReadOnlyList<CustomerSummary>>> Handle(ListCustomers request, CancellationToken cancellationToken)
    {
        var counts = await db.Set<AgreementRow>().GroupBy(row => row.CustomerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, StringComparer.Ordinal, cancellationToken);
        var rows = await db.Set<CustomerRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new CustomerSummary(row.Id, row.Name, row.Tier, counts.GetValueOrDefault(row.Id)));
    }
}

/// <summary>Adds a customer, or changes the name and tier of one. What was stated before keeps the name it was stated with.</summary>
public sealed record SaveCustomer : ICommand<CustomerSummary>
{
    public const int MaxNameLength = 100;
    public const int MaxTierLength = 40;

    public static Access Access => Access.Administer;

    /// <summary>Null: a new one; the id comes from the name.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    public string? Tier { get; init; }
}

internal sealed class SaveCustomerValidator : AbstractValidator<SaveCustomer>
{
    public SaveCustomerValidator()
    {
        RuleFor(customer => customer.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("A name as it is to stand on statements.");
        RuleFor(customer => customer.Name).MaximumLength(SaveCustomer.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {SaveCustomer.MaxNameLength} characters.");
        RuleFor(customer => customer.Tier).MaximumLength(SaveCustomer.MaxTierLength).WithErrorCode("tier.tooLong").WithMessage($"At most {SaveCustomer.MaxTierLength} characters.");
    }
}

internal sealed class SaveCustomerHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SaveCustomer, Outcome<CustomerSummary>>
{
    public async Task<Outcome<CustomerSummary>> Handle(SaveCustomer request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<CustomerRow>().ToListAsync(cancellationToken);
        var name = request.Name.Trim();
        if (rows.Exists(row => row.Id != request.Id && string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            return Failure.Invalid("/name", "name.taken", "There is a customer of this name already.");
        }

        var row = rows.Find(one => one.Id == request.Id);
        if (request.Id is not null && row is null)
        {
            return Failure.NotFound($"The customer \"{request.Id}\"");
        }

        if (row is null)
        {
            row = new CustomerRow
            {
                Id = Slug.Free(name, "customer", rows.Select(one => one.Id).ToHashSet(StringComparer.Ordinal)),
                Name = name,
                Author = caller.Current.Name,
                CreatedAtMs = time.NowMs(),
            };
            db.Add(row);
        }

        row.Name = name;
        row.Tier = string.IsNullOrWhiteSpace(request.Tier) ? null : request.Tier.Trim();
        db.Announce(time.NowMs(), ("agreements", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new CustomerSummary(row.Id, row.Name, row.Tier, await db.Set<AgreementRow>().CountAsync(one => one.CustomerId == row.Id, cancellationToken));
    }
}
