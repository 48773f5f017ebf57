using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>What must hold of a schedule before it is stored; tells all that is wrong.</summary>
internal static class ScheduleRules
{
    private const int MaxNameLength = 100;

    /// <param name="known">Ids of people.</param>
    public static void Check(string? zone, IReadOnlyList<PositionTerms>? positions, IReadOnlySet<string> known, List<Fault> faults)
    {
        ScheduleReading.Zone(zone, "/zone", faults);
        if (positions is not { Count: >= 1 and <= PositionTerms.MaxPositions } || positions.Any(position => position?.Layers is null))
        {
            faults.Add(new Fault("/positions", "positions.count", $"1 to {PositionTerms.MaxPositions} positions, each with its layers."));
            return;
        }

        for (var index = 0; index < positions.Count; index++)
        {
            CheckPosition(positions, index, known, faults);
        }
    }

    private static void CheckPosition(IReadOnlyList<PositionTerms> positions, int index, IReadOnlySet<string> known, List<Fault> faults)
    {
        var (position, pointer) = (positions[index], $"/positions/{index}");
        if (!Slug.IsOne(position.Id) || positions.Take(index).Any(other => other.Id == position.Id))
        {
            faults.Add(new Fault($"{pointer}/id", "id.slug", "Lower-case letters, digits and hyphens, once in a schedule, such as primary."));
        }

        CheckName(position.Name, $"{pointer}/name", faults);
        if (position.Layers.Count > LayerTerms.MaxLayers || position.Layers.Any(layer => layer is null))
        {
            faults.Add(new Fault($"{pointer}/layers", "layers.count", $"At most {LayerTerms.MaxLayers} layers."));
            return;
        }

        for (var layer = 0; layer < position.Layers.Count; layer++)
        {
            CheckLayer(position.Layers[layer], $"{pointer}/layers/{layer}", known, faults);
        }
    }

    private static void CheckLayer(LayerTerms layer, string pointer, IReadOnlySet<string> known, List<Fault> faults)
    {
        CheckName(layer.Name, $"{pointer}/name", faults);
        if (layer.People is null || layer.Restrictions is null || layer.Restrictions.Any(one => one?.Days is null))
        {
            faults.Add(new Fault(pointer, "layer.lists", "people and restrictions are lists."));
            return;
        }

        if (layer.People.Count > Domain.OnCall.Rotation.MaxPeople)
        {
            faults.Add(new Fault($"{pointer}/people", "people.count", $"At most {Domain.OnCall.Rotation.MaxPeople} people."));
        }

        if (layer.People.FirstOrDefault(person => person is null || !known.Contains(person)) is { } stranger)
        {
            faults.Add(new Fault($"{pointer}/people", "people.known", $"There is nobody with the id \"{stranger}\"."));
        }

        if (layer.Restrictions.Count > RestrictionTerms.MaxRestrictions)
        {
            faults.Add(new Fault($"{pointer}/restrictions", "restrictions.count", $"At most {RestrictionTerms.MaxRestrictions} restrictions."));
            return;
        }

        ScheduleReading.Layer(layer, pointer, faults);
    }

    private static void CheckName(string? name, string pointer, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength)
        {
            faults.Add(new Fault(pointer, "name.length", $"1 to {MaxNameLength} characters."));
        }
    }
}
