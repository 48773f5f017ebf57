using System.Diagnostics;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Platform.Documents;

/// <summary>Somebody else's reader of PDF: poppler's programs, installed by tests/run.sh.</summary>
internal static class Poppler
{
    /// <summary>The text of every page, as it stands on it.</summary>
    public static async Task<IReadOnlyList<string>> PagesAsync(byte[] pdf, CancellationToken token) =>
        (await RunAsync("pdftotext", ["-layout", "-enc", "UTF-8"], pdf, token)).Split('\f')[..^1];

    /// <summary>Title, page size and the like; poppler's complaints fail the test.</summary>
    public static Task<string> FactsAsync(byte[] pdf, CancellationToken token) => RunAsync("pdfinfo", [], pdf, token);

    public static Task<string> FontsAsync(byte[] pdf, CancellationToken token) => RunAsync("pdffonts", [], pdf, token);

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> options, byte[] pdf, CancellationToken token)
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.FullPath, "document.pdf");
        await File.WriteAllBytesAsync(file, pdf, token);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var option in options.Append(file))
        {
            start.ArgumentList.Add(option);
        }

        if (program == "pdftotext")
        {
            start.ArgumentList.Add("-");
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(token);
        var answer = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.Equal("", await complaints);
        Assert.Equal(0, process.ExitCode);
        return answer;
    }
}
