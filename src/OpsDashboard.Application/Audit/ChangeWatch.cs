using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit;

/// <summary>Sees what a command saves, field by field, before and after. What a command changes by a statement it tells as its own request.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private const int MaxChanges = 100;

    /// <summary>The machinery's own tables: they say nothing of what was done.</summary>
    private static readonly string[] Quiet = ["ChangeRow", "AnsweredCommandRow", "AuditEntryRow", "AuditHeadRow", "AuditSealRow", "LeaseRow"];

    private readonly OpsDbContext db;
    private readonly List<AuditChange> changes = [];

    public ChangeWatch(OpsDbContext db)
    {
        this.db = db;
        db.SavingChanges += Collect;
    }

    public IReadOnlyList<AuditChange> Changes => changes;

    public void Dispose() => db.SavingChanges -= Collect;

    private void Collect(object? sender, SavingChangesEventArgs saving)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            var entity = entry.Metadata.ClrType.Name;
            if (entry.State is EntityState.Unchanged or EntityState.Detached || Quiet.Contains(entity))
            {
                continue;
            }

            var name = entity.EndsWith("Row", StringComparison.Ordinal) ? entity[..^3] : entity;
            var key = string.Join('/', entry.Properties.Where(property => property.Metadata.IsPrimaryKey()).Select(property => property.IsTemporary ? "new" : Word(property.CurrentValue)));
            foreach (var property in entry.Properties.Where(property => !property.Metadata.IsPrimaryKey()))
            {
                Add(entry, property, name, key);
            }
        }
    }

    private void Add(EntityEntry entry, PropertyEntry property, string entity, string key)
    {
        var before = entry.State == EntityState.Added ? null : Word(property.OriginalValue);
        var after = entry.State == EntityState.Deleted ? null : Word(property.CurrentValue);
        if (before == after || changes.Count >= MaxChanges)
        {
            return;
        }

        var field = property.Metadata.Name;
        changes.Add(new AuditChange(entity, key, field, Redaction.Text(field, before), Redaction.Text(field, after)));
    }

    private static string? Word(object? value) => value switch
    {
        null => null,
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
