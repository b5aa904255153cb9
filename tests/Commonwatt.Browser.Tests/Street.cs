using Commonwatt.Node.Demo;

namespace Commonwatt.Browser.Tests;

/// <summary>A demo that the tests look at: a real node with the built pages, started when the first test asks for it.</summary>
public abstract class Street : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("commonwatt-browser-").FullName;
    private readonly Lazy<Task<DemoNode>> node;
    private readonly SemaphoreSlim finding = new(1);
    private Places? places;

    private protected Street(DateTimeOffset begin, int homes, int speed)
    {
        node = new(() => StartAsync(begin, homes, speed));
    }

    /// <summary>Where its pages are.</summary>
    internal async Task<Uri> AddressAsync() => (await node.Value).Url;

    /// <summary>What is there to be looked at.</summary>
    internal async Task<Places> PlacesAsync(Chromium chromium)
    {
        await finding.WaitAsync();
        try
        {
            return places ??= await Places.FindAsync(chromium, this);
        }
        finally
        {
            finding.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (node.IsValueCreated)
        {
            await (await node.Value).DisposeAsync();
        }

        finding.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task<DemoNode> StartAsync(DateTimeOffset begin, int homes, int speed)
    {
        string pages = Path.Combine(Repository.Folder, "artifacts", "web");
        Assert.True(File.Exists(Path.Combine(pages, "index.html")), "The pages are not built: './test.sh Browser' builds them.");
        var settings = new DemoSettings { Folder = Path.Combine(folder, "demo"), Port = 0, Homes = homes, Speed = speed, Pages = pages };
        DemoNode started = await DemoNode.StartAsync(settings, new DatedClock(begin), progress: null, _ => { }, CancellationToken.None);
        await ReadyAsync(started.Url);
        return started;
    }

    // The tables are made from the ledger while the first requests already come in.
    private static async Task ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative));
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "The demo is not ready.");
            await Task.Delay(50);
        }
    }
}
