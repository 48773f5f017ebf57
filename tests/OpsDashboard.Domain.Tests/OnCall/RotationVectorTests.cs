using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Domain.Tests.OnCall;

/// <summary>The shared vectors: handoffs and who is on call across both changes of the clocks.</summary>
public sealed class RotationVectorTests
{
    private static readonly JsonElement Vectors = Load();

    public static TheoryData<int> Handoffs => [.. Enumerable.Range(0, Vectors.GetProperty("handoffs").GetArrayLength())];

    public static TheoryData<int> WhoIsOnCall => [.. Enumerable.Range(0, Vectors.GetProperty("whoIsOnCall").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Handoffs))]
    public void Handoff_AcrossAChangeOfTheClocks_IsWhereTheVectorSays(int index)
    {
        var vector = Vectors.GetProperty("handoffs")[index];
        var zone = Zone(vector);
        var rotation = Read(vector, "from", ["anyone"]);

        if (vector.TryGetProperty("expectLocal", out var expected))
        {
            Assert.Equal(
                expected.EnumerateArray().Select(one => OffsetDateTimePattern.ExtendedIso.Parse(one.GetString()!).Value.ToInstant()),
                Enumerable.Range(0, expected.GetArrayLength()).Select(k => rotation.Handoff(zone, k)));
        }
        else
        {
            Assert.Equal(Duration.FromHours(vector.GetProperty("hoursToNext").GetInt32()), rotation.Handoff(zone, 1) - rotation.Handoff(zone, 0));
        }
    }

    [Theory]
    [MemberData(nameof(WhoIsOnCall))]
    public void Rotation_AskedAtAnInstant_NamesWhomTheVectorNames(int index)
    {
        var vector = Vectors.GetProperty("whoIsOnCall")[index];
        var rotation = Read(vector, "anchor", [.. vector.GetProperty("people").EnumerateArray().Select(person => person.GetString()!)]);

        foreach (var expected in vector.GetProperty("expect").EnumerateArray())
        {
            var at = InstantPattern.ExtendedIso.Parse(expected[0].GetString()!).Value;

            Assert.Equal(expected[1].GetString(), rotation.WhoAt(Zone(vector), at));
            var shift = Assert.Single(rotation.Shifts(Zone(vector), at, at + Duration.FromMilliseconds(1)));
            Assert.Equal(expected[1].GetString(), shift.Person);
            Assert.True(shift.Covers(at));
        }
    }

    private static JsonElement Load()
    {
        using var stream = typeof(RotationVectorTests).Assembly.GetManifestResourceStream("rotations.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static DateTimeZone Zone(JsonElement vector) => DateTimeZoneProviders.Tzdb[vector.GetProperty("zone").GetString()!];

    private static Rotation Read(JsonElement vector, string anchor, IReadOnlyList<string> people)
    {
        Assert.True(RotationStep.TryParse(vector.GetProperty("every").GetString(), out var step));
        return new Rotation
        {
            Every = step,
            At = LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(vector.GetProperty("at").GetString()!).Value,
            Anchor = LocalDatePattern.Iso.Parse(vector.GetProperty(anchor).GetString()!).Value,
            People = people,
        };
    }
}
