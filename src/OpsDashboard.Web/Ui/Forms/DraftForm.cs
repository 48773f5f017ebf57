using MediatR;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Ui.Forms;

/// <summary>
/// A form that becomes one request: it knows what was touched, what is wrong at which field, and that it is being sent, so
/// that nothing is sent twice and nothing typed is lost unasked.
/// </summary>
/// <param name="form">First part of its fields' element ids.</param>
public abstract class DraftForm(string form) : ComponentBase
{
    [Parameter] public EventCallback OnLeave { get; set; }

    protected string Form => form;

    protected FieldFaults Faults { get; set; } = FieldFaults.None;

    protected bool IsDirty { get; set; }

    protected bool IsBusy { get; set; }

    [Inject] protected IDispatcher Dispatcher { get; set; } = default!;

    protected string Id(string pointer) => FieldFaults.IdOf(form, pointer);

    protected void Change(ref string field, string value, string pointer)
    {
        field = value;
        IsDirty = true;
        OnChanged(pointer);
    }

    /// <summary>What was said of a field is not true of its new value, which is judged when it is sent, or by a form that can tell sooner.</summary>
    protected virtual void OnChanged(string pointer) => Faults = Faults.Without(pointer);

    /// <summary>Shows what could not be read.</summary>
    /// <returns>Whether there is a request to be sent.</returns>
    protected bool IsReady(IReadOnlyList<Fault> faults)
    {
        if (IsBusy)
        {
            return false;
        }

        Faults = FieldFaults.Of(faults);
        return faults.Count == 0;
    }

    protected Task<Outcome<TValue>> SubmitAsync<TValue>(IRequest<Outcome<TValue>> request) =>
        SubmitAsync(() => Dispatcher.Send(request, CancellationToken.None));

    /// <summary>Sends, and puts what is refused to its fields. What was begun is finished even when the form goes.</summary>
    protected async Task<Outcome<TValue>> SubmitAsync<TValue>(Func<Task<Outcome<TValue>>> send)
    {
        IsBusy = true;
        try
        {
            var outcome = await send();
            Faults = FieldFaults.Of(outcome.Failure);
            IsDirty = IsDirty && !outcome.Succeeded;
            return outcome;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
