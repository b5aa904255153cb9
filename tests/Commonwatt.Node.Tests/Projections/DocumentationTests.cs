using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Tests.Projections;

public class DocumentationTests
{
    [Fact]
    public void Every_table_is_described()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "projections.md"));
        Assert.All(ProjectedTables.All, table => Assert.Contains($"`{table.Name}`", text));
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Commonwatt.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository is not found above the tests.");
    }
}
