using System.Text.Json;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>What a caller may expect to go wrong; anything else is a bug or broken infrastructure and stays an exception.</summary>
public enum FailureKind
{
    Invalid,
    NotFound,
    Conflict,

    /// <summary>What the caller saw is no longer what is there.</summary>
    Outdated,
    Forbidden,

    /// <summary>Allowed, once the person has proved again who they are.</summary>
    Unconfirmed,
    Unavailable,
}

/// <param name="RetryAfter">When asking again makes sense; only for <see cref="FailureKind.Unavailable"/>.</param>
public sealed record Failure(FailureKind Kind, string Message, IReadOnlyList<Fault> Faults, TimeSpan? RetryAfter = null)
{
    public static Failure Invalid(IReadOnlyList<Fault> faults) =>
        new(FailureKind.Invalid, faults.Count == 1 ? faults[0].Message : $"{faults.Count} fields break a rule.", faults);

    public static Failure Invalid(string pointer, string rule, string message) => Invalid([new Fault(pointer, rule, message)]);

    public static Failure NotFound(string what) => new(FailureKind.NotFound, $"{what} does not exist.", []);

    public static Failure Conflict(string message) => new(FailureKind.Conflict, message, []);

    /// <param name="changes">What became of it: one entry a field.</param>
    public static Failure Outdated(string message, IReadOnlyList<Fault> changes) => new(FailureKind.Outdated, message, changes);

    public static Failure Forbidden(string message) => new(FailureKind.Forbidden, message, []);

    public static Failure Unconfirmed() => new(FailureKind.Unconfirmed, "Confirm first that it is you; then do it again.", []);

    public static Failure Unavailable(string message, TimeSpan retryAfter) => new(FailureKind.Unavailable, message, [], retryAfter);
}

/// <summary>Lets a pipeline behaviour answer with a failure without knowing the result type.</summary>
public interface IOutcome<out TSelf>
    where TSelf : IOutcome<TSelf>
{
    static abstract TSelf FromFailure(Failure failure);

    /// <summary>A success whose value was written by <see cref="ToAnswer"/> before.</summary>
    static abstract TSelf FromAnswer(string json);

    /// <summary>The value as JSON, to be told again later.</summary>
    /// <exception cref="InvalidOperationException">The outcome is a failure.</exception>
    string ToAnswer();

    Failure? Failure { get; }
}

/// <summary>Either a value or a named failure.</summary>
public sealed class Outcome<T> : IOutcome<Outcome<T>>
{
    private readonly T? value;

    private Outcome(T? value, Failure? failure)
    {
        this.value = value;
        Failure = failure;
    }

    public Failure? Failure { get; }

    public bool Succeeded => Failure is null;

    /// <exception cref="InvalidOperationException">The outcome is a failure.</exception>
    public T Value => Failure is null ? value! : throw new InvalidOperationException($"No value: {Failure.Message}");

    public static Outcome<T> FromFailure(Failure failure) => new(default, failure);

    public static Outcome<T> FromAnswer(string json) => new(JsonSerializer.Deserialize<T>(json, StoreJson.Options), null);

    public string ToAnswer() => JsonSerializer.Serialize(Value, StoreJson.Options);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}

/// <summary>The value of a command that has nothing to tell but that it is done.</summary>
public readonly record struct Done;
