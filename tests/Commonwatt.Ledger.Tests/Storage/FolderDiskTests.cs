namespace Commonwatt.Ledger.Tests.Storage;

public sealed class FolderDiskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("commonwatt-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_are_written_synced_renamed_and_read_back()
    {
        var disk = new FolderDisk(folder);
        using (IDiskFile file = disk.Open("one"))
        {
            file.Write(3, "abc"u8);
            file.Sync();
            Assert.Equal(6, file.Length);
        }

        disk.Rename("one", "two");
        disk.SyncFolder();
        using (IDiskFile file = disk.Open("two"))
        {
            byte[] bytes = new byte[10];
            Assert.Equal(6, file.Read(0, bytes));
            Assert.Equal("\0\0\0abc"u8, bytes.AsSpan(0, 6));
        }

        disk.Delete("two");
        Assert.DoesNotContain("two", disk.List());
    }

    [Fact]
    public void A_folder_that_another_node_writes_in_is_refused_and_can_be_read()
    {
        using IDiskFile file = new FolderDisk(folder).Open("ledger");
        file.Write(0, "abc"u8);
        IOException refused = Assert.Throws<IOException>(() => new FolderDisk(folder).Open("ledger"));
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        using IDiskFile reader = new FolderDisk(folder, isReadOnly: true).Open("ledger");
        Assert.Equal(3, reader.Length);
    }

    [Fact]
    public void A_folder_is_free_again_when_its_last_file_is_closed()
    {
        var disk = new FolderDisk(folder);
        IDiskFile one = disk.Open("one");
        using (disk.Open("two"))
        {
            one.Dispose();
            one.Dispose();
            Assert.Throws<IOException>(() => new FolderDisk(folder).Open("one"));
        }

        using IDiskFile again = new FolderDisk(folder).Open("one");
        Assert.Equal(0, again.Length);
    }
}
