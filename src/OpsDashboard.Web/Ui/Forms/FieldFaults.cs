using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Ui.Forms;

/// <summary>What is wrong with a form, by the JSON pointers of the request it becomes.</summary>
public sealed class FieldFaults
{
    public static readonly FieldFaults None = new([], null);

    private FieldFaults(IReadOnlyList<Fault> all, string? general)
    {
        All = all;
        General = general;
    }

    public IReadOnlyList<Fault> All { get; }

    /// <summary>What belongs to no field.</summary>
    public string? General { get; }

    public bool Any => All.Count > 0 || General is not null;

    /// <summary>The first fault of a field; null when it has none.</summary>
    public string? this[string pointer] => All.FirstOrDefault(fault => fault.Pointer == pointer)?.Message;

    public static FieldFaults Of(Failure? failure) => failure switch
    {
        null => None,
        { Faults.Count: > 0 } => new(failure.Faults, null),
        _ => new([], failure.Message),
    };

    public static FieldFaults Of(IReadOnlyList<Fault> faults) => faults.Count == 0 ? None : new(faults, null);

    /// <summary>Without the faults of a field that was just changed: it is judged again at the next try.</summary>
    public FieldFaults Without(string pointer) => new([.. All.Where(fault => fault.Pointer != pointer)], null);

    /// <summary>Element id of a field.</summary>
    public static string IdOf(string form, string pointer) => $"{form}{pointer.Replace('/', '-')}";
}
