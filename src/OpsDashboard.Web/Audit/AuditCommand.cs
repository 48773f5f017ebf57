using System.Globalization;
using OpsDashboard.Application.Audit.Reading;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Audit;

/// <summary><c>audit verify [--export FILE]</c> on the command line: reads the store beside a running program or without one.</summary>
internal static class AuditCommand
{
    private const string Usage = "usage: audit verify [--export FILE] [--Section:Key=value …]";

    public static bool IsAsked(string[] args) => args is ["audit", ..];

    /// <returns>0: nothing is wrong; 1: a fault; 2: not understood.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args is not ["audit", "verify", .. var rest] || rest is ["--export"] || (rest is ["--export", var first, ..] && first.StartsWith("--", StringComparison.Ordinal)))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var (file, settings) = rest is ["--export", var path, .. var others] ? (path, others) : (null, rest);
        await using var app = OpsDashboardApp.Build(settings);
        await using var scope = app.Services.CreateAsyncScope();
        // Who may read the store's file needs no account.
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        if (file is not null)
        {
            await using var output = File.Create(file);
            var count = await scope.ServiceProvider.GetRequiredService<AuditExport>().WriteAsync(output, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} entries written to {file}"));
        }

        var found = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new VerifyAudit(), cancellationToken);
        Console.WriteLine(found.Failure?.Message ?? Sentence(found.Value));
        return found is { Failure: null, Value.Fault: null } ? 0 : 1;
    }

    private static string Sentence(AuditVerification found) => found.Fault is { } fault
        ? string.Create(CultureInfo.InvariantCulture, $"FAULT at entry {fault.Sequence} ({fault.Rule}): {fault.Message}")
        : string.Create(CultureInfo.InvariantCulture, $"{found.Entries} entries up to {found.Last} hold together; sealed through {found.SealedThrough} with the key {found.KeyId}.");
}
