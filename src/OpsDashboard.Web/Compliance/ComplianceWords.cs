using OpsDashboard.Application.Compliance;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Compliance;

/// <summary>How controls and certifications are spoken of.</summary>
internal static class ComplianceWords
{
    public static (string Word, string Icon, Tone Tone) Of(ControlState state) => state switch
    {
        ControlState.Met => ("Met", "circle-check", Tone.Ok),
        ControlState.Minor => ("Minor violation", "triangle", Tone.Warn),
        ControlState.Major => ("Major violation", "octagon", Tone.Bad),
        ControlState.NotApplicable => ("Does not apply", "circle-dashed", Tone.None),
    };

    public static string Of(CertificationState state) => state switch
    {
        CertificationState.Planned => "Planned",
        CertificationState.InProgress => "In progress",
        CertificationState.Active => "Active",
        CertificationState.Expired => "Expired",
    };
}
