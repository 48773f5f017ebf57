using System.Diagnostics;
using System.Globalization;

namespace OpsDashboard.Application.Live;

/// <summary>Names a process so that another on the same host can tell whether it still lives, whatever number the system gave away again.</summary>
internal static class ProcessIdentity
{
    /// <summary>host/number/start; a holder's name begins with it and goes on after a slash.</summary>
    public static string Mine { get; } = Describe(Process.GetCurrentProcess());

    /// <summary>A holder on this host whose process is gone need not be waited for. Of other hosts nothing is known: false.</summary>
    public static bool IsGone(string holder)
    {
        var parts = holder.Split('/');
        if (parts.Length < 3 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return !holder.StartsWith(Describe(process) + "/", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or IOException)
        {
            return true;
        }
    }

    private static string Describe(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{StartOf(process)}");

    /// <summary>
    /// Tells two processes apart that had one number after another. On Linux the kernel's own count of ticks: the calendar time that
    /// .NET derives from it differs by milliseconds from process to process, and by hours once the clock was set.
    /// </summary>
    private static long StartOf(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        }

        // Field 22 of proc_pid_stat(5); the name in field 2 may hold spaces, so fields are counted from its closing bracket.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
    }
}
