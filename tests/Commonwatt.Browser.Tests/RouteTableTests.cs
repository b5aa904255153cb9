using System.Text.RegularExpressions;

namespace Commonwatt.Browser.Tests;

/// <summary>That no page is forgotten.</summary>
public sealed class RouteTableTests
{
    [Fact]
    public void Every_route_of_the_app_is_looked_at()
    {
        string folder = Path.Combine(Repository.Folder, "web", "src", "app", "routes");
        string[] routes =
        [
            .. Directory.EnumerateFiles(folder, "*Routes.ts")
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), "{ path: '(?<path>[^']+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                .Select(match => match.Groups["path"].Value)
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(routes.Length >= 20);
        Assert.Equal(routes, Screen.All.Select(screen => screen.Route).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
