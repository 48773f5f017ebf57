using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Web.Hosting;

/// <summary>A setting that keeps the program from starting; the message names the setting and what it must be.</summary>
internal sealed class StartFaultException(string message, Exception? inner = null) : Exception(message, inner);

internal static class StartFault
{
    /// <summary>One line for what the operator can mend; anything else stays an exception, because it is a bug.</summary>
    public static bool TryDescribe(Exception fault, [NotNullWhen(true)] out string? sentence)
    {
        sentence = fault switch
        {
            StartFaultException own => own.Message,
            ForeignStoreException store => store.Message,
            OptionsValidationException options => string.Join(" ", options.Failures),
            AggregateException { InnerExceptions: var all } when all.All(inner => inner is OptionsValidationException)
                => string.Join(" ", all.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)),
            // A value that is no number, boolean or known word, and a settings file that is not JSON.
            InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } binding => binding.Message,
            InvalidDataException file => file.Message,
            // What only the server can tell, such as https without a certificate.
            InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } listening => listening.Message,
            _ => null,
        };
        sentence = sentence?.ReplaceLineEndings(" ");
        return sentence is not null;
    }
}
