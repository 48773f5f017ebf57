using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>A way to reach a person, as screens show it.</summary>
public sealed record ContactMethod
{
    public required int Id { get; init; }

    public required string PersonId { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>Enough to recognise it by.</summary>
    public required string Address { get; init; }

    public required string Label { get; init; }

    /// <summary>After the page is owed, if nobody acknowledged before.</summary>
    public required int DelaySeconds { get; init; }

    /// <summary>Null: never paged.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>A code is out and can still be entered.</summary>
    public required bool AwaitsCode { get; init; }

    /// <summary>Why this instance cannot use the channel; null when it can.</summary>
    public string? Lack { get; init; }

    public bool IsPaged => VerifiedAt is not null && Lack is null;

    internal static ContactMethod Of(ContactMethodRow row, ChannelSetup channels, IFieldSeal seal, long nowMs) => new()
    {
        Id = row.Id,
        PersonId = row.PersonId,
        Channel = row.Channel,
        Address = ContactAddress.Shown(row.Channel, seal.Open(row.Address)),
        Label = row.Label,
        DelaySeconds = row.DelaySeconds,
        VerifiedAt = row.VerifiedAtMs is { } at ? Instants.ToInstant(at) : null,
        AwaitsCode = row.VerifiedAtMs is null && VerificationCode.IsOpen(row, nowMs),
        Lack = channels.Lack(row),
    };
}
