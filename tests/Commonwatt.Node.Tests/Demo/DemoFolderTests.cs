using Commonwatt.Node.Configuration;
using Commonwatt.Node.Demo;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>The folder of a demo.</summary>
public sealed class DemoFolderTests
{
    private static readonly DemoFolder.DemoBeginning Beginning = new(Homes: 4, Seed: 1, new DateOnly(2026, 10, 7), EndMs: 1_795_262_400_000);

    [Fact]
    public void A_folder_with_something_else_is_neither_used_nor_deleted()
    {
        using var scratch = new ScratchFolder();
        string letter = scratch.Write("letter.txt", "Dear all,");

        Assert.Contains("holds something else than a demo", Assert.Throws<InvalidDataException>(() => DemoFolder.Open(scratch.Path, Beginning)).Message, StringComparison.Ordinal);
        Assert.Contains("is not deleted", Assert.Throws<InvalidDataException>(() => DemoFolder.Erase(scratch.Path)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(letter));
    }

    [Fact]
    public void A_demo_is_gone_on_with_as_it_was_begun_and_deleted_when_asked()
    {
        using var scratch = new ScratchFolder();
        string path = scratch.File("demo");
        DemoFolder.Open(path, Beginning).NoteTime(new Instant(Beginning.EndMs + 5));

        var again = DemoFolder.Open(path, Beginning with { EndMs = 0, FirstDay = default });

        Assert.Equal(Beginning, again.Beginning);
        Assert.Equal(new Instant(Beginning.EndMs + 5), again.LastTime());
        Assert.Contains("--homes 4 --seed 1", Assert.Throws<InvalidDataException>(() => DemoFolder.Open(path, Beginning with { Homes = 5 })).Message, StringComparison.Ordinal);
        DemoFolder.Erase(path);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void A_folder_that_is_in_use_says_by_whom_and_is_not_deleted()
    {
        using var scratch = new ScratchFolder();
        string path = scratch.File("demo");
        DemoFolder.Open(path, Beginning);
        using (FolderLock.Take(path, "a demo"))
        {
            Assert.Contains($"in use by a demo (process {Environment.ProcessId}", Assert.Throws<IOException>(() => FolderLock.Take(path, "a node")).Message, StringComparison.Ordinal);
            Assert.Throws<IOException>(() => DemoFolder.Erase(path));
        }

        FolderLock.Take(path, "a node").Dispose();
    }
}
