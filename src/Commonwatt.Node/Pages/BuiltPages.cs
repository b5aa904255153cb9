namespace Commonwatt.Node.Pages;

/// <summary>Finds the built pages, and says what to do where there are none.</summary>
internal static class BuiltPages
{
    /// <summary>The pages' part, or null where no pages were built.</summary>
    /// <param name="folder">The folder of the built pages, or null for the usual one.</param>
    /// <param name="log">Told what to do where there are none.</param>
    public static PagesPart? Find(string? folder, Action<string> log)
    {
        string path = folder ?? PagesPart.UsualFolder;
        if (PageFiles.Of(path) is { } files)
        {
            return new PagesPart(files);
        }

        log($"There are no pages in {path}, and only the API is served. Install Node.js 20 or later (https://nodejs.org) and start again by ./commonwatt, which builds them; or build them with 'npm ci' and 'npm run build:pages' in web/.");
        return null;
    }
}
