using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace OpsDashboard.Testing.Browsing;

/// <summary>
/// All of axe's rules over a page, run in the page. The library's own runner opens a second page each time and describes everything
/// that passed as well, which took three quarters of the browser tests' time; there are no frames that would need it.
/// </summary>
internal static class Axe
{
    private const string Run =
        """
        async () => {
            const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false });
            return violations.map(v => `${v.id} (${v.impact}): ${v.help}\n${v.nodes.map(n => `    ${n.html}`).join('\n')}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is wrong: rule, impact and elements, one text a rule.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(Run);
    }
}
