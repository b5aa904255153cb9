using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>The pictures of the README are of these pages. COMMONWATT_SCREENSHOTS=1 takes them anew; otherwise they must still look like the pages.</summary>
public sealed class PictureTests(Chromium chromium, AutumnStreet street)
{
    private const long MostBytes = 150_000;

    // Of 255 shades of grey, the mean over a picture of 32 by 20: other fonts and hours move it by a few, another page by dozens.
    private const double MostDifference = 10;

    [Theory]
    [InlineData("home", "Sofia", "/", 800)]
    [InlineData("market", "Marta", "/periods", 1060)]
    [InlineData("proof", null, "/ledger/proof/event/{block}/{event}", 1060)]
    public async Task The_pictures_of_the_readme_show_the_pages_as_they_are(string name, string? who, string path, int height)
    {
        Places places = await street.PlacesAsync(chromium);
        await using Visit visit = await Visit.BeginAsync(chromium, street, ScreenSize.Desktop with { Height = height });
        await (who is null ? visit.GoAsync(places.Fill(path)) : visit.SignInAsync(who, places.Fill(path)));
        if (who is null)
        {
            await Assertions.Expect(visit.Main).ToContainTextAsync("It is proved");
        }
        else
        {
            await visit.Main.Locator("canvas, svg[role=img]").First.WaitForAsync();
        }

        await CompareAsync(visit, name, "light");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await CompareAsync(visit, name, "dark");
        visit.RequireClean();
    }

    private async Task CompareAsync(Visit visit, string name, string look)
    {
        string file = Path.Combine(Repository.Folder, "docs", "images", $"{name}-{look}.png");
        await Accessibility.SettleAsync(visit.Page);
        byte[] taken = await visit.Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        if (Environment.GetEnvironmentVariable("COMMONWATT_SCREENSHOTS") is "1")
        {
            await File.WriteAllBytesAsync(file, taken, TestContext.Current.CancellationToken);
        }

        byte[] kept = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.InRange(kept.Length, 1, MostBytes);
        IPage desk = await (await chromium.Browser.NewContextAsync()).NewPageAsync();
        double[][] coarse = [await CoarseAsync(desk, taken), await CoarseAsync(desk, kept)];
        await desk.Context.CloseAsync();
        Assert.Equal(coarse[0][..2], coarse[1][..2]);
        double difference = coarse[0].Zip(coarse[1], (one, other) => Math.Abs(one - other)).Skip(2).Average();
        Assert.True(difference <= MostDifference, $"{file} differs from the page by {difference:0.0} of 255: COMMONWATT_SCREENSHOTS=1 ./test.sh Browser takes it anew.");
    }

    // The width and the height, then the shades of a small copy.
    private static Task<double[]> CoarseAsync(IPage desk, byte[] picture) => desk.EvaluateAsync<double[]>(
        """
        async (text) => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]));
          const small = new OffscreenCanvas(32, 20).getContext('2d');
          small.imageSmoothingQuality = 'high';
          small.drawImage(image, 0, 0, 32, 20);
          const { data } = small.getImageData(0, 0, 32, 20);
          return [image.width, image.height, ...Array.from({ length: 640 }, (_, at) => (data[4 * at] + data[4 * at + 1] + data[4 * at + 2]) / 3)];
        }
        """,
        Convert.ToBase64String(picture));
}
