namespace Commonwatt.Node.Founding;

/// <summary>Where the files of a community stand that this program founded or restored.</summary>
/// <param name="path">The community's folder.</param>
internal sealed class CommunityFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The node's configuration.</summary>
    public string Configuration => In("node.json");

    /// <summary>What the ledger begins with.</summary>
    public string Genesis => In("community.genesis");

    /// <summary>The folder of ledger and tables.</summary>
    public string Data => In("data");

    /// <summary>The folder of the keys.</summary>
    public string Keys => In("keys");

    /// <summary>The file of a key.</summary>
    /// <param name="name">Whose: <c>manager</c>, <c>validator</c>, <c>gateway</c> or <c>agent</c>.</param>
    public string Key(string name) => System.IO.Path.Combine(Keys, $"{name}.pem");

    /// <summary>Makes sure that nothing is overwritten.</summary>
    /// <exception cref="InvalidDataException">The folder holds something already.</exception>
    public void RequireEmpty()
    {
        if (File.Exists(Path) || (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any()))
        {
            throw new InvalidDataException($"'{Path}' is there and not empty: name a new folder.");
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
