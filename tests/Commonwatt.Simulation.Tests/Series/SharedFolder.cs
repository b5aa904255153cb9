namespace Commonwatt.Simulation.Tests.Series;

/// <summary>The folder with real data beside the repository; tests that need it are skipped where it is not there.</summary>
internal static class SharedFolder
{
    public static string Repository { get; } = FindRepository();

    public static string Data(string file)
    {
        string path = Path.Combine(Repository, "..", "shared", "data", file);
        Assert.SkipUnless(File.Exists(path), $"The real data are not beside the repository: {path}");
        return path;
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Commonwatt.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Commonwatt.slnx.");
    }
}
