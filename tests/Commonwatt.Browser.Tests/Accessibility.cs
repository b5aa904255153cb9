using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>Asks axe-core whether people with disabilities can use a page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Path.Combine(Repository.Folder, "web", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Fails where axe-core finds a violation of WCAG 2.2, A or AA, and says where.</summary>
    public static async Task RequireAsync(IPage page, string where)
    {
        await SettleAsync(page);
        await page.EvaluateAsync(Script.Value);
        JsonElement? found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations");
        var sentences = new StringBuilder();
        foreach (JsonElement violation in found!.Value.EnumerateArray())
        {
            foreach (JsonElement node in violation.GetProperty("nodes").EnumerateArray())
            {
                sentences.AppendLine($"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} — {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}");
            }
        }

        Assert.True(sentences.Length == 0, $"{where}\n{sentences}");
    }

    /// <summary>Waits until changes of colours and places are over: half-way through, nothing has the contrast that it is going to have.</summary>
    public static Task SettleAsync(IPage page) => page.EvaluateAsync(
        """
        async () => {
          await new Promise(requestAnimationFrame);
          const all = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
          await Promise.allSettled(all.map((one) => one.finished));
        }
        """);
}
