using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>A row of a file that would change something.</summary>
public sealed record ImportedValue(int Line, string KpiId, string Kpi, string Period, string Value, bool IsCorrection);

/// <summary>What a file holds.</summary>
/// <param name="Sample">At most 50 rows that change something, in the order of the file.</param>
public sealed record MeasurementImport(int Rows, int Kpis, int Added, int Corrected, int Unchanged, IReadOnlyList<ImportedValue> Sample);

/// <summary>Turns a file into claims, with the fault of every row that is none.</summary>
internal sealed class CsvClaims(OpsDbContext db, KpiDesk desk, TimeProvider time)
{
    public const int MaxRows = 50_000;
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>Faults told; how many there are stands in the message.</summary>
    public const int MaxFaults = 200;

    private const int Sampled = 50;

    private static readonly string[] Required = ["kpi", "period", "value"];

    public sealed record Plan(IReadOnlyList<PlannedEntry> Entries, MeasurementImport Told);

    public async Task<Outcome<Plan>> ReadAsync(string text, string? note, CancellationToken cancellationToken)
    {
        if (text.Length > MaxLength)
        {
            return Failure.Invalid("/csv", "csv.tooLarge", $"A file has at most {MaxLength / 1024 / 1024} MB.");
        }

        var faults = new List<Fault>();
        var kpis = (await db.Set<KpiRow>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => row.Id, KpiBook.Read, StringComparer.Ordinal);
        var lines = new Dictionary<KpiClaim, int>(ReferenceEqualityComparer.Instance);
        var claims = Claims(text, note, new ClaimReader(kpis, time.Today()), lines, faults, cancellationToken);
        if (faults.Count > 0)
        {
            return Refuse(faults);
        }

        var plan = await desk.PlanAsync(claims, cancellationToken);
        faults.AddRange(plan.Where(entry => entry is { IsCorrection: true, Claim.Note: null })
            .Select(entry => Row(lines[entry.Claim], "note", "note.correction", "Another value was told for this period: say in the note column, or once for all, why it is corrected.")));
        faults.AddRange(plan.Where(entry => entry is { IsCorrection: false, Claim.Value: null })
            .Select(entry => Row(lines[entry.Claim], "value", "value.required", "There is no value to withdraw: say one.")));
        if (faults.Count > 0)
        {
            return Refuse(faults);
        }

        var corrected = plan.Count(entry => entry.IsCorrection);
        var sample = plan.Take(Sampled).Select(entry => (entry, kpi: kpis[entry.Claim.KpiId])).Select(one => new ImportedValue(
            lines[one.entry.Claim],
            one.kpi.Id,
            one.kpi.Name,
            Domain.Kpis.KpiPeriod.Of(one.kpi.Cadence, one.entry.Claim.Start).ToString(),
            one.entry.Claim.Value is { } value ? KpiText.Amount(value, one.kpi.MeasuredIn) : "withdrawn",
            one.entry.IsCorrection)).ToList();
        return new Plan(plan, new MeasurementImport(claims.Count, claims.Select(claim => claim.KpiId).Distinct(StringComparer.Ordinal).Count(), plan.Count - corrected, corrected, claims.Count - plan.Count, sample));
    }

    /// <summary>The KPIs a file names, as far as it can be read.</summary>
    public static IReadOnlyList<string> KpisOf(string text)
    {
        if (text.Length > MaxLength)
        {
            return [];
        }

        var rows = CsvRows.Read(text).Take(MaxRows + 1).Select(row => row.Cells);
        var column = -1;
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cells in rows)
        {
            if (column < 0)
            {
                column = cells.Select(name => name.Trim().ToLowerInvariant()).ToList().IndexOf("kpi");
                if (column < 0)
                {
                    return [];
                }
            }
            else if (column < cells.Count)
            {
                named.Add(cells[column]);
            }
        }

        return [.. named];
    }

    private static List<KpiClaim> Claims(string text, string? note, ClaimReader reader, Dictionary<KpiClaim, int> lines, List<Fault> faults, CancellationToken cancellationToken)
    {
        var claims = new List<KpiClaim>();
        var seen = new Dictionary<(string, DateOnly), int>();
        (int Kpi, int Period, int Value, int Note)? columns = null;
        foreach (var (line, cells) in CsvRows.Read(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (columns is not { } at)
            {
                columns = Columns(cells, faults);
                if (columns is null)
                {
                    return claims;
                }

                continue;
            }

            if (claims.Count >= MaxRows)
            {
                faults.Add(Row(line, "", "csv.rows", $"A file has at most {MaxRows.ToString("#,0", CultureInfo.InvariantCulture)} rows."));
                return claims;
            }

            if (Claim(cells, at, note, line, reader, faults) is not { } claim)
            {
                continue;
            }

            if (seen.TryGetValue((claim.KpiId, claim.Start), out var first))
            {
                faults.Add(Row(line, "period", "period.twice", $"Row {first} tells this period already."));
                continue;
            }

            seen[(claim.KpiId, claim.Start)] = line;
            lines[claim] = line;
            claims.Add(claim);
        }

        if (columns is null || (claims.Count == 0 && faults.Count == 0))
        {
            faults.Add(new Fault("/csv", "csv.empty", "There is no row: hand in a head line kpi,period,value,note and at least one row."));
        }

        return claims;
    }

    private static KpiClaim? Claim(IReadOnlyList<string> cells, (int Kpi, int Period, int Value, int Note) at, string? note, int line, ClaimReader reader, List<Fault> faults)
    {
        var pointer = Pointer(line);
        if (cells.Count <= Math.Max(at.Kpi, Math.Max(at.Period, at.Value)))
        {
            faults.Add(Row(line, "", "csv.columns", "The row has fewer cells than the head line."));
            return null;
        }

        var before = faults.Count;
        decimal? value = cells[at.Value].Length == 0 ? null : ClaimReader.Number(cells[at.Value], pointer, faults);
        var own = at.Note >= 0 && at.Note < cells.Count && cells[at.Note].Length > 0 ? cells[at.Note] : note;
        var claim = reader.Read(cells[at.Kpi], cells[at.Period], value, own, pointer, faults);
        return faults.Count > before ? null : claim;
    }

    private static (int Kpi, int Period, int Value, int Note)? Columns(IReadOnlyList<string> head, List<Fault> faults)
    {
        var names = head.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var missing = Required.Where(name => !names.Contains(name, StringComparer.Ordinal)).ToList();
        if (missing.Count == 0)
        {
            return (names.IndexOf("kpi"), names.IndexOf("period"), names.IndexOf("value"), names.IndexOf("note"));
        }

        faults.Add(new Fault("/csv/1", "csv.head", $"The first line names the columns kpi, period, value and, if wanted, note. Missing: {string.Join(", ", missing)}."));
        return null;
    }

    private static Failure Refuse(List<Fault> faults)
    {
        var rows = faults.Select(fault => fault.Pointer.Split('/').ElementAtOrDefault(2)).Distinct(StringComparer.Ordinal).Count();
        var told = faults.Count > MaxFaults ? $" The first {MaxFaults} are listed." : "";
        return Failure.Invalid([.. faults.Take(MaxFaults)]) with { Message = $"{(rows == 1 ? "1 row breaks" : $"{rows.ToString("#,0", CultureInfo.InvariantCulture)} rows break")} a rule; nothing was taken in.{told}" };
    }

    private static Fault Row(int line, string column, string rule, string message) => new(column.Length == 0 ? Pointer(line) : $"{Pointer(line)}/{column}", rule, message);

    private static string Pointer(int line) => string.Create(CultureInfo.InvariantCulture, $"/csv/{line}");
}
