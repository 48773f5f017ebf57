using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>A row that bursts add by the thousand, and whose generated key nobody asks for in the transaction that adds it.</summary>
internal interface IBurstRow;

/// <summary>
/// Writes many new rows of a kind with few statements. Saved one by one, each costs five times as much: the statement is built,
/// parsed and read back for every row. Few rows, and all outside of a transaction, are left to the save itself.
/// </summary>
internal static class BulkInsert
{
    public const int Least = 100;

    /// <summary>SQLite's driver looks for each parameter among all by its name: a statement of many costs their square.</summary>
    private const int MostParameters = 200;

    public static async Task WriteAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not { } transaction)
        {
            return;
        }

        var added = db.ChangeTracker.Entries<IBurstRow>().Where(entry => entry.State == EntityState.Added && !WaitsForAnother(entry)).ToList();
        if (added.Count < Least)
        {
            return;
        }

        foreach (var kind in added.GroupBy(entry => entry.Metadata).ToList())
        {
            await WriteAsync(db, transaction.GetDbTransaction(), kind.Key, InOrder(kind), cancellationToken);
        }
    }

    /// <summary>It belongs to a row that has no key yet.</summary>
    private static bool WaitsForAnother(EntityEntry entry) => entry.Properties.Any(property => property.IsTemporary && property.Metadata.IsForeignKey());

    /// <summary>Temporary keys grow: rows get theirs in the order in which they were added.</summary>
    private static List<EntityEntry> InOrder(IEnumerable<EntityEntry<IBurstRow>> entries)
    {
        var all = entries.ToList<EntityEntry>();
        return Generated(all[0].Metadata) is { } key ? [.. all.OrderBy(entry => Convert.ToInt64(entry.CurrentValues[key], CultureInfo.InvariantCulture))] : all;
    }

    private static IProperty? Generated(IEntityType type) =>
        type.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } key] && !key.IsForeignKey() ? key : null;

    private static async Task WriteAsync(OpsDbContext db, DbTransaction transaction, IEntityType type, List<EntityEntry> rows, CancellationToken cancellationToken)
    {
        var generated = Generated(type);
        var columns = type.GetProperties().Where(property => property != generated).ToList();
        var size = Math.Max(1, MostParameters / columns.Count);
        DbCommand? command = null;
        try
        {
            foreach (var page in rows.Chunk(size))
            {
                if (command is null || command.Parameters.Count != page.Length * columns.Count)
                {
                    command?.Dispose();
                    command = Prepare(db, transaction, type, columns, page.Length);
                }

                Fill(command, columns, page);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            command?.Dispose();
        }

        foreach (var row in rows)
        {
            row.State = generated is null ? EntityState.Unchanged : EntityState.Detached;
        }
    }

    private static DbCommand Prepare(OpsDbContext db, DbTransaction transaction, IEntityType type, List<IProperty> columns, int rows)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var text = new StringBuilder("INSERT INTO ").Append(sql.DelimitIdentifier(table.Name, table.Schema)).Append(" (")
            .AppendJoin(", ", columns.Select(column => sql.DelimitIdentifier(column.GetColumnName(table)!))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            var from = row * columns.Count;
            text.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(from, columns.Count).Select(Name)).Append(')');
        }

        // Made of the model's own names and of numbers.
        command.CommandText = text.ToString();
        return command;
    }

    private static void Fill(DbCommand command, List<IProperty> columns, EntityEntry[] page)
    {
        command.Parameters.Clear();
        foreach (var row in page)
        {
            foreach (var column in columns)
            {
                command.Parameters.Add(column.GetRelationalTypeMapping().CreateParameter(command, Name(command.Parameters.Count), row.CurrentValues[column], column.IsNullable));
            }
        }
    }

    private static string Name(int parameter) => string.Create(CultureInfo.InvariantCulture, $"@p{parameter}");
}
