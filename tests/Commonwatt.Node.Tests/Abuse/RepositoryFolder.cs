namespace Commonwatt.Node.Tests.Abuse;

/// <summary>The folder that everything is in, for tests that read what people read.</summary>
internal static class RepositoryFolder
{
    public static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Commonwatt.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The repository is not above the tests.");
    }
}
