using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Commonwatt.Node.Backup;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Founding;
using Dapper;

namespace Commonwatt.Node.Tests.Backup;

/// <summary>Backing a community up while it runs, and bringing it back.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_made_while_blocks_are_made_comes_back_and_its_node_goes_on()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        using var tables = new SqliteDatabase(Path.Combine(folder.Data, "community.db"));
        tables.Migrate(["CREATE TABLE note (text TEXT NOT NULL)"]);
        Note(tables, "before");
        Ran backup;
        await using (FoundedCommunity community = await FoundedCommunity.StartAsync(folder))
        {
            await community.RegisterAsync("first");
            using var enough = new CancellationTokenSource();
            Task making = MakeBlocksAsync(community, enough.Token);
            backup = await Task.Run(() => Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"), "--with-keys"), TestContext.Current.CancellationToken);
            await enough.CancelAsync();
            await making;
        }

        Note(tables, "after");
        Assert.True(backup.ExitCode == ExitCode.Done, backup.Error);
        AssertOnlyOwnerReads(scratch.File("flores.backup"));

        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", scratch.File("again"));
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Error);
        var again = new CommunityFolder(scratch.File("again"));
        AssertOnlyOwnerReads(again.Key("validator"));
        Assert.Equal(["before"], Notes(Path.Combine(again.Data, "community.db")));
        await using (FoundedCommunity community = await FoundedCommunity.StartAsync(again))
        {
            ulong height = community.Height;
            Assert.True(height >= 2);
            Assert.True(await community.RegisterAsync("later") > height);
        }

        Ran verified = await Ran.Of("verify", Path.Combine(again.Data, "community.ledger"));
        Assert.True(verified.ExitCode == ExitCode.Done, verified.Output);
    }

    [Fact]
    public async Task Without_being_asked_for_no_private_key_is_in_a_backup()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));

        await Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"));

        using ZipArchive archive = ZipFile.OpenRead(scratch.File("flores.backup"));
        Assert.Equal(["data/community.ledger", "community.genesis", "node.json", "backup.json"], archive.Entries.Select(entry => entry.FullName));
        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", scratch.File("again"));
        Assert.Contains("Put the private keys back", restored.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_alone_is_had_from_a_running_node()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        await using FoundedCommunity community = await FoundedCommunity.StartAsync(folder);
        ulong registered = await community.RegisterAsync("first");

        Ran backup = await Ran.Of("backup", "--node", community.Server.Url.ToString(), "--out", scratch.File("ledger.backup"));
        Ran restored = await Ran.Of("restore", scratch.File("ledger.backup"), "--folder", scratch.File("again"));

        Assert.True(backup.ExitCode == ExitCode.Done, backup.Error);
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Error);
        Match upTo = Regex.Match(restored.Output, "up to block (?<height>[0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(upTo.Success && ulong.Parse(upTo.Groups["height"].Value, CultureInfo.InvariantCulture) >= registered, restored.Output);
    }

    [Fact]
    public async Task A_harmed_backup_is_refused_and_leaves_nothing_behind()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        await Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"));
        using (ZipArchive archive = ZipFile.Open(scratch.File("flores.backup"), ZipArchiveMode.Update))
        {
            archive.GetEntry("community.genesis")!.Delete();
            using Stream changed = archive.CreateEntry("community.genesis").Open();
            changed.Write("something else"u8);
        }

        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", scratch.File("again"));

        Assert.Equal(ExitCode.WrongInput, restored.ExitCode);
        Assert.Contains("'community.genesis' in it is not what was backed up", restored.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.File("again")));
        Assert.False(Directory.Exists(scratch.File("again.unfinished")));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        await Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"));

        Ran second = await Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"));
        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", folder.Path);
        Ran founded = await Ran.Of("found", "--name", "Another", "--out", folder.Path);

        Assert.Contains("a backup is never overwritten", second.Error, StringComparison.Ordinal);
        Assert.Contains("not empty", restored.Error, StringComparison.Ordinal);
        Assert.Contains("not empty", founded.Error, StringComparison.Ordinal);
        Assert.All([second, restored, founded], ran => Assert.Equal(ExitCode.WrongInput, ran.ExitCode));
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/tmp/commonwatt-outside.txt")]
    [InlineData("data/../../outside.txt")]
    [InlineData("")]
    public async Task A_backup_whose_files_lie_outside_of_the_folder_is_refused(string name)
    {
        using var scratch = new ScratchFolder();
        using (ZipArchive archive = ZipFile.Open(scratch.File("slip.backup"), ZipArchiveMode.Create))
        {
            using (Stream file = archive.CreateEntry(name.Length == 0 ? "x" : name).Open())
            {
                file.Write("x"u8);
            }

            using Stream list = archive.CreateEntry(BackupManifest.EntryName).Open();
            list.Write(new BackupManifest("x", "x", 1, "x", DateTimeOffset.UnixEpoch, HasKeys: false, [new BackupFile(name, 1, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("x"u8)))]).ToBytes());
        }

        Ran restored = await Ran.Of("restore", scratch.File("slip.backup"), "--folder", scratch.File("again"));

        Assert.Equal(ExitCode.WrongInput, restored.ExitCode);
        Assert.False(File.Exists(scratch.File("outside.txt")));
        Assert.False(File.Exists("/tmp/commonwatt-outside.txt"));
        Assert.False(Directory.Exists(scratch.File("again.unfinished")));
    }

    [Fact]
    public async Task What_guards_secrets_in_the_tables_comes_back_with_them()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        await using (FoundedCommunity community = await FoundedCommunity.StartAsync(folder))
        {
            await community.RegisterAsync("first");
        }

        Directory.CreateDirectory(Path.Combine(folder.Data, "people-keys"));
        await File.WriteAllTextAsync(Path.Combine(folder.Data, "people-keys", "key-test.xml"), "<key/>", TestContext.Current.CancellationToken);
        Ran backup = await Ran.Of("backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"));
        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", scratch.File("again"));

        Assert.True(backup.ExitCode == ExitCode.Done, backup.Error);
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Error);
        AssertOnlyOwnerReads(scratch.File("again/data/people-keys/key-test.xml"));
        AssertOnlyOwnerReads(scratch.File("again/data/community.db"));
    }

    [Fact]
    public async Task Settings_given_beside_the_file_hold_for_a_backup_too()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        Directory.CreateDirectory(scratch.File("tables"));
        using (var tables = new SqliteDatabase(scratch.File("tables/community.db")))
        {
            tables.Migrate(["CREATE TABLE note (text TEXT NOT NULL)"]);
            Note(tables, "elsewhere");
        }

        Ran backup = await Ran.Of(
            "backup", "--folder", folder.Path, "--out", scratch.File("flores.backup"), "--set", "community.database.kind=sqlite", "--set", $"community.database.folder={scratch.File("tables")}");
        Ran restored = await Ran.Of("restore", scratch.File("flores.backup"), "--folder", scratch.File("again"));

        Assert.True(backup.ExitCode == ExitCode.Done, backup.Error);
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Error);
        Assert.Equal(["elsewhere"], Notes(scratch.File("again/data/community.db")));
    }

    private static async Task MakeBlocksAsync(FoundedCommunity community, CancellationToken enough)
    {
        for (int number = 0; !enough.IsCancellationRequested; number++)
        {
            await community.RegisterAsync($"member {number}");
        }
    }

    private static void AssertOnlyOwnerReads(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    private static void Note(SqliteDatabase tables, string text)
    {
        using System.Data.Common.DbConnection connection = tables.Open();
        connection.Execute("INSERT INTO note (text) VALUES (@text)", new { text });
    }

    private static IEnumerable<string> Notes(string path)
    {
        using var tables = new SqliteDatabase(path);
        using System.Data.Common.DbConnection connection = tables.Open();
        return [.. connection.Query<string>("SELECT text FROM note")];
    }
}
