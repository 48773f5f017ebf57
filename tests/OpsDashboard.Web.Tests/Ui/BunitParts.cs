using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OpsDashboard.Web.Tests.Ui;

/// <summary>Finds the AngleSharp.Diffing that lies beside the tests, whatever version bunit asks for (docs/decisions/0002).</summary>
internal static class BunitParts
{
    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name != "AngleSharp.Diffing")
        {
            return null;
        }

        var file = Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
