using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>The Chromium of this machine, started once for all tests that look at pages.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    // Nothing but the pages is to be asked for, by the browser either.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser; a test without one is skipped, and fails where changes are checked.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(browser is null && Environment.GetEnvironmentVariable("CI") is not "true", $"There is no {Program}: './test.sh Browser' installs it.");
            return browser ?? throw new InvalidOperationException($"There is no {Program}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
