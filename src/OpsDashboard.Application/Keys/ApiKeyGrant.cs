using System.Collections.Frozen;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>What a key allows.</summary>
/// <param name="Places">Platforms and services (<c>platform/service</c>); empty: all.</param>
/// <param name="Sources">Empty: all.</param>
public sealed record ApiKeyGrant(
    string Id,
    string Name,
    KeyTier Tier,
    IReadOnlySet<Access> Verbs,
    IReadOnlyList<string> Places,
    IReadOnlyList<KeySource> Sources,
    long ExpiresAtMs,
    bool WasUsed)
{
    public bool MayHandIn(KeySource source) => Sources.Count == 0 || Sources.Contains(source);

    /// <summary>The name of the program and the id of its key, so that the trail tells which of two was used.</summary>
    public Caller ToCaller() => new($"key {Name} ({Id})", Verbs)
    {
        Scopes = Places.Count == 0 ? FrozenDictionary<Access, Scope>.Empty : Verbs.Where(verb => verb != Access.Public).ToFrozenDictionary(verb => verb, _ => Scope.Of(Places)),
    };

    /// <summary>What can be given to a program; people and keys are managed by people.</summary>
    public static IReadOnlyList<Access> Grantable { get; } =
        [Access.View, Access.ReadReports, Access.ReadAudit, Access.Ingest, Access.EditObjectives, Access.EditKpis, Access.EditSchedules, Access.Respond, Access.Administer];

    internal static ApiKeyGrant Of(ApiKeyRow row) => new(
        row.Id,
        row.Name,
        row.Tier,
        Words<Access>(row.Verbs).Append(Access.Public).ToFrozenSet(),
        Split(row.Places),
        Words<KeySource>(row.Sources),
        row.ExpiresAtMs,
        row.LastUsedAtMs is not null);

    internal static string Join<T>(IEnumerable<T> words) => string.Join(',', words);

    internal static IReadOnlyList<string> Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal static IReadOnlyList<T> Words<T>(string text)
        where T : struct, Enum => [.. Split(text).Select(Enum.Parse<T>)];
}

/// <summary>Why a key is not taken.</summary>
public enum KeyRefusal
{
    /// <summary>Not of the form of a key, or mistyped.</summary>
    Malformed,
    Unknown,
    Expired,
    Revoked,

    /// <summary>It stood in an address, where logs, histories and proxies keep it.</summary>
    InAddress,

    /// <summary>More requests in this minute than its tier allows.</summary>
    OverLimit,

    /// <summary>It hands in another kind of data than it may.</summary>
    OtherSource,
}

/// <summary>A key's owner, or why it has none.</summary>
/// <param name="Id">Null: the text was not even of the form of a key.</param>
public sealed record KeyFinding(string? Id, ApiKeyGrant? Grant, KeyRefusal? Refusal);
