using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>Every page in a window of one size: it has what it is for, fits, and hinders nobody.</summary>
public abstract class PageTests
{
    private readonly Chromium chromium;
    private readonly Street street;
    private readonly ScreenSize size;

    private protected PageTests(Chromium chromium, Street street, ScreenSize size)
    {
        this.chromium = chromium;
        this.street = street;
        this.size = size;
    }

    public static TheoryData<string> Names { get; } = [.. Screen.All.Select(screen => screen.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_shows_what_it_is_for_fits_and_hinders_nobody(string name)
    {
        Screen screen = Screen.All.Single(each => string.Equals(each.Name, name, StringComparison.Ordinal));
        Places places = await street.PlacesAsync(chromium);
        await using Visit visit = await Visit.BeginAsync(chromium, street, size, screen.Who is "auditor" ? places.Auditor : null);
        await OpenAsync(visit, screen.Who, places.Fill(screen.Path));
        foreach (string pattern in screen.Shows)
        {
            await Assertions.Expect(visit.Main).ToContainTextAsync(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 20_000, UseInnerText = true });
        }

        Assert.Equal(string.Empty, await WiderAsync(visit.Page));
        if (size == ScreenSize.Phone)
        {
            await visit.Page.SetViewportSizeAsync(ScreenSize.SmallPhone.Width, ScreenSize.SmallPhone.Height);
            Assert.Equal(string.Empty, await WiderAsync(visit.Page));
            await visit.Page.SetViewportSizeAsync(size.Width, size.Height);
        }

        await Accessibility.RequireAsync(visit.Page, $"{name}, light");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Accessibility.RequireAsync(visit.Page, $"{name}, dark");
        visit.RequireClean();
    }

    // Where the page is wider than the window: what sticks out.
    private static Task<string> WiderAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const width = document.documentElement.clientWidth;
          return document.documentElement.scrollWidth <= width ? '' : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width).map((one) => one.outerHTML.slice(0, 120)).join('\n');
        }
        """);

    private static async Task OpenAsync(Visit visit, string? who, string path)
    {
        if (who is null or "auditor")
        {
            await visit.GoAsync(path);
        }
        else
        {
            await visit.SignInAsync(who, path);
        }
    }
}

/// <summary>Every page on a small laptop.</summary>
public sealed class DesktopPageTests(Chromium chromium, AutumnStreet street) : PageTests(chromium, street, ScreenSize.Desktop);

/// <summary>Every page on a phone.</summary>
public sealed class PhonePageTests(Chromium chromium, AutumnStreet street) : PageTests(chromium, street, ScreenSize.Phone);
