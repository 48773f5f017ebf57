using OpsDashboard.Application.Compliance;

namespace OpsDashboard.Web.Compliance;

/// <summary>The controls of both contracts with what was measured of each, not ticks by hand.</summary>
public sealed partial class CompliancePage
{
    private ComplianceBoard? _board;
    private Certification? _changing;
    private string? _fault;
    private bool _checking;
    private bool _failed;

    private string Answer
    {
        get
        {
            if (_board is null)
            {
                return "Reading the controls.";
            }

            return _board.Latest switch
            {
                null => "Nothing was checked yet.",
                { Major: 0, Minor: 0 } met => $"All {met.Met} controls that apply are met.",
                var broken => $"{Many(broken.Major, "major violation")}, {Many(broken.Minor, "minor violation")}, {broken.Met} controls met.",
            };
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("compliance", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private async Task LoadAsync()
    {
        var board = await Send(new GetCompliance());
        _failed = !board.Succeeded;
        _board = board.Succeeded ? board.Value : _board;
    }

    private async Task CheckAsync()
    {
        _checking = true;
        StateHasChanged();
        _fault = (await Send(new CheckCompliance())).Failure?.Message;
        _checking = false;
        await LoadAsync();
    }

    private async Task SavedAsync()
    {
        _changing = null;
        await LoadAsync();
    }
}
