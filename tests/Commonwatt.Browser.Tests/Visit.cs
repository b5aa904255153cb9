using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>Somebody looks at the pages, with a browser's memory of his own. What goes wrong in the browser is noted.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> faults = new();
    private readonly HashSet<string> expected = new(StringComparer.Ordinal);

    private Visit(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal), $"console: {message.Text}");
        page.PageError += (_, error) => Note(isFault: true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal), $"another host: {request.Url}");
        page.Response += (_, response) => Note(response.Status >= 400 && !expected.Contains($"{response.Status} {PathOf(response.Url)}"), $"{response.Status}: {response.Request.Method} {response.Url}");
    }

    /// <summary>The page that is shown.</summary>
    public IPage Page { get; }

    /// <summary>What every page has at its heart.</summary>
    public ILocator Main => Page.Locator("main");

    /// <summary>Opens a browser window.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="street">What is looked at.</param>
    /// <param name="screen">The size of the window.</param>
    /// <param name="memory">What the browser remembers from before, or null.</param>
    public static async Task<Visit> BeginAsync(Chromium chromium, Street street, ScreenSize? screen = null, string? memory = null)
    {
        Uri address = await street.AddressAsync();
        (int width, int height) = screen ?? ScreenSize.Desktop;

        // A reader elsewhere sees the community's times all the same.
        IBrowserContext context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "en-GB",
            TimezoneId = "America/New_York",
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = memory,
        });
        context.SetDefaultTimeout(30_000);
        return new Visit(await context.NewPageAsync(), address);
    }

    /// <summary>Says that an answer is meant to be a refusal.</summary>
    public void Expect(int status, string path) => expected.Add($"{status} {path}");

    /// <summary>Signs in as one of the demo's people, by the button on the first page.</summary>
    /// <param name="firstName">The person's first name.</param>
    /// <param name="then">The page to go on to.</param>
    public async Task SignInAsync(string firstName, string then = "/")
    {
        await Page.GotoAsync($"/sign-in?then={Uri.EscapeDataString(then)}");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{firstName} ", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Page.WaitForFunctionAsync("() => location.pathname !== '/sign-in'");
        await ShownAsync();
    }

    /// <summary>Goes to a page and waits until it shows what it has.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ShownAsync();
    }

    /// <summary>Waits until the page has a heading, and nothing in it still loads.</summary>
    public async Task ShownAsync()
    {
        await Main.Locator("h1").First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => document.querySelector('.skeleton') === null");
    }

    /// <summary>Asks the API as the one who is signed in here.</summary>
    public Task<JsonElement> AskAsync(string path) => SendAsync("GET", path, content: null);

    /// <summary>Sends something to the API as the one who is signed in here.</summary>
    public async Task<JsonElement> SendAsync(string method, string path, string? content)
    {
        JsonElement? answer = await Page.EvaluateAsync<JsonElement?>(
            """
            async ([method, path, content]) => {
              const response = await fetch('/api/v1' + path, { method, headers: { 'X-Commonwatt': '1', 'Content-Type': 'application/json' }, body: content ?? undefined });
              return await response.json();
            }
            """,
            new[] { method, path, content });
        return answer!.Value;
    }

    /// <summary>Fails where something went wrong in the browser.</summary>
    public void RequireClean() => Assert.True(faults.IsEmpty, string.Join('\n', faults));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private void Note(bool isFault, string what)
    {
        if (isFault)
        {
            faults.Enqueue(what);
        }
    }

    private static string PathOf(string url) => new Uri(url).AbsolutePath;
}

/// <summary>The size of a window, in pixels.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
internal sealed record ScreenSize(int Width, int Height)
{
    /// <summary>A small laptop.</summary>
    public static ScreenSize Desktop { get; } = new(1280, 800);

    /// <summary>A phone.</summary>
    public static ScreenSize Phone { get; } = new(390, 844);

    /// <summary>The narrowest phone that is still common.</summary>
    public static ScreenSize SmallPhone { get; } = new(360, 740);
}
