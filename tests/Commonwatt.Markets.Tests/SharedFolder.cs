namespace Commonwatt.Markets.Tests;

/// <summary>The folder <c>shared</c> beside the repository, where there is one.</summary>
internal static class SharedFolder
{
    /// <summary>The full path of a file in it, or null.</summary>
    public static string? Find(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Commonwatt.slnx")))
        {
            folder = folder.Parent;
        }

        string? file = folder?.Parent is { } beside ? Path.Combine(beside.FullName, "shared", path) : null;
        return File.Exists(file) ? file : null;
    }
}
