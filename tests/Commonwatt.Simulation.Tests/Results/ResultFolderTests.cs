using System.Text;
using Commonwatt.Simulation.Reports;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Tests.Results;

public sealed class ResultFolderTests : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("commonwatt-");

    private string Out => Path.Combine(scratch.FullName, "out");

    public void Dispose() => scratch.Delete(recursive: true);

    [Fact]
    public void Files_appear_only_when_they_are_published()
    {
        using ResultFolder folder = ResultFolder.Open(Out);
        Put(folder, "summary.json", "new");
        Assert.False(File.Exists(Path.Combine(Out, "summary.json")));

        folder.Publish();

        Assert.Equal("new", File.ReadAllText(Path.Combine(Out, "summary.json")));
    }

    [Fact]
    public void A_run_that_breaks_off_leaves_the_earlier_results_as_they_were()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "summary.json"), "old");

        using (ResultFolder folder = ResultFolder.Open(Out))
        {
            Put(folder, "summary.json", "half");
        }

        Assert.Equal("old", File.ReadAllText(Path.Combine(Out, "summary.json")));
        Assert.Single(Directory.GetFileSystemEntries(Out));
    }

    [Fact]
    public void A_run_that_breaks_off_leaves_no_new_folder()
    {
        ResultFolder.Open(Out).Dispose();

        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void What_nobody_asked_for_is_not_published()
    {
        using ResultFolder folder = ResultFolder.Open(Out);
        string ledger = folder.Unfinished("community.ledger");
        File.WriteAllText(ledger, "blocks");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(ledger)!, "in-use.lock"), "");

        folder.Publish();

        Assert.Equal(["community.ledger"], Directory.GetFiles(Out).Select(Path.GetFileName));
    }

    [Fact]
    public void Files_of_others_stay_where_they_are()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "notes.txt"), "mine");
        using ResultFolder folder = ResultFolder.Open(Out);
        Put(folder, "summary.json", "new");

        folder.Publish();

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Out, "notes.txt")));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(Out, "mine");

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ResultFolder.Open(Out));

        Assert.Equal($"Results cannot go to '{Out}': it is a file. Name a folder with --out.", refused.Message);
    }

    [Fact]
    public void A_folder_below_a_file_is_refused()
    {
        File.WriteAllText(Out, "mine");

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ResultFolder.Open(Path.Combine(Out, "deeper")));

        Assert.StartsWith($"Results cannot go to '{Path.Combine(Out, "deeper")}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_gives_a_summary_prices_and_a_report()
    {
        using ResultFolder folder = ResultFolder.Open(Out);

        ResultFiles.Write(folder, TwoHouses.Run());
        folder.Publish();

        Assert.Equal(["prices.csv", "report.html", "summary.json"], Directory.GetFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static void Put(ResultFolder folder, string name, string text)
    {
        using Stream stream = folder.Create(name);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
