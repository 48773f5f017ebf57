using Microsoft.Extensions.Options;

namespace OpsDashboard.Web.Hosting;

/// <summary>Section <c>OpsDashboard</c>.</summary>
internal sealed class DataDirectoryOptions
{
    /// <summary>Store, keys and generated files; an absolute path once bound. Default: <c>App_Data</c> in the content root.</summary>
    public string DataDirectory { get; set; } = "App_Data";
}

internal static class DataDirectory
{
    public static void AddDataDirectory(this IServiceCollection services)
    {
        services.AddOptions<DataDirectoryOptions>()
            .BindConfiguration("OpsDashboard")
            .PostConfigure<IHostEnvironment>((options, environment) =>
                options.DataDirectory = Path.GetFullPath(options.DataDirectory, environment.ContentRootPath))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DataDirectoryOptions>, DataDirectoryValidator>();
    }
}

/// <summary>Creates the directory and writes to it once: a disk mounted read-only shows at the start, not at the first sample.</summary>
internal sealed class DataDirectoryValidator : IValidateOptions<DataDirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, DataDirectoryOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            var probe = Path.Combine(options.DataDirectory, $".write-check-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return ValidateOptionsResult.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"OpsDashboard:DataDirectory: cannot write to {options.DataDirectory} ({fault.Message.TrimEnd('.')}).");
        }
    }
}
