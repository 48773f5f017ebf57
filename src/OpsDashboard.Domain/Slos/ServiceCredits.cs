namespace OpsDashboard.Domain.Slos;

/// <summary>One line of a credit table: an uptime of at least <paramref name="AtLeast"/> and below <paramref name="Below"/> earns the credit.</summary>
/// <param name="Below">Fraction, exclusive.</param>
/// <param name="AtLeast">Fraction, inclusive.</param>
/// <param name="CreditPercent">Percent of the month's fee, 0 to 100.</param>
public sealed record CreditBand(decimal Below, decimal AtLeast, decimal CreditPercent);

/// <summary>Credits a customer earns for an uptime below the promise.</summary>
public sealed class ServiceCredits
{
    private readonly IReadOnlyList<CreditBand> bands;

    /// <param name="bands">In any order; together without gap or overlap.</param>
    /// <exception cref="ArgumentException">The bands leave a gap, overlap, or do not reach down to 0.</exception>
    public ServiceCredits(IEnumerable<CreditBand> bands)
    {
        this.bands = [.. bands.OrderByDescending(b => b.Below)];
        var next = this.bands.Count == 0 ? 0m : this.bands[0].Below;
        foreach (var band in this.bands)
        {
            if (band.Below != next || band.AtLeast >= band.Below || band.CreditPercent is < 0 or > 100)
            {
                throw new ArgumentException("Credit bands must follow each other without gap or overlap, with 0 to 100 percent each.", nameof(bands));
            }

            next = band.AtLeast;
        }

        if (next != 0m)
        {
            throw new ArgumentException("The last credit band must reach down to 0.", nameof(bands));
        }
    }

    public IReadOnlyList<CreditBand> Bands => bands;

    /// <summary>Percent of the fee for an uptime, decided without division: up ≥ bound × period.</summary>
    /// <param name="periodUnits">Seconds or events of the period; nothing measured earns nothing.</param>
    public decimal PercentFor(decimal upUnits, decimal periodUnits)
    {
        if (upUnits < 0 || upUnits > periodUnits)
        {
            throw new ArgumentOutOfRangeException(nameof(upUnits), upUnits, "Uptime lies between 0 and the period.");
        }

        if (periodUnits == 0)
        {
            return 0m;
        }

        return bands.FirstOrDefault(b => upUnits < b.Below * periodUnits && upUnits >= b.AtLeast * periodUnits)?.CreditPercent ?? 0m;
    }
}
