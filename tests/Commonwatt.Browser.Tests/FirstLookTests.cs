using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>What the first look at Home costs with nothing kept from before: bytes over the wire, and the time until its chart is drawn.</summary>
public sealed class FirstLookTests(Chromium chromium, AutumnStreet street)
{
    private const long MostBytes = 350 * 1024;

    [Fact]
    public async Task The_first_look_transfers_less_than_350_kilobytes()
    {
        string memory;
        await using (Visit before = await Visit.BeginAsync(chromium, street))
        {
            await before.SignInAsync("Sofia", "/account");
            memory = await before.Page.Context.StorageStateAsync();
        }

        await using Visit visit = await Visit.BeginAsync(chromium, street, memory: memory);
        long bytes = 0;
        ICDPSession devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        devtools.Event("Network.loadingFinished").OnEvent += (_, content) => Interlocked.Add(ref bytes, (long)content!.Value.GetProperty("encodedDataLength").GetDouble());
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.setCacheDisabled", new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true });
        await visit.GoAsync("/");
        await visit.Page.WaitForFunctionAsync("() => performance.getEntriesByName('first-chart').length > 0");
        double milliseconds = await visit.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-chart')[0].startTime");
        await visit.Page.WaitForLoadStateAsync(LoadState.Load);
        visit.RequireClean();

        long transferred = Interlocked.Read(ref bytes);
        string measured = string.Create(CultureInfo.InvariantCulture, $"First chart of Home after {milliseconds:0} ms with a cold cache; {transferred / 1024.0:0.0} KB transferred.");
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        if (Environment.GetEnvironmentVariable("COMMONWATT_MEASURE") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { firstChartMs = milliseconds, transferredBytes = transferred }), TestContext.Current.CancellationToken);
        }

        Assert.InRange(transferred, 1, MostBytes);
    }
}
