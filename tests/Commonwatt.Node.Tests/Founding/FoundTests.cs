using Commonwatt.Contracts;
using Commonwatt.Contracts.Governance;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Founding;

namespace Commonwatt.Node.Tests.Founding;

/// <summary>What <c>found</c> makes and says, and what it refuses before it makes anything.</summary>
public sealed class FoundTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ScratchFolder scratch = new();

    private string Folder => scratch.File("flores");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task It_says_the_gateways_address_and_where_the_pages_are()
    {
        Ran ran = await FoundAsync();

        using SigningKey gateway = KeyFile.Read(Path.Combine(Folder, "keys", "gateway.pem"));
        Assert.Equal((ExitCode.Done, ""), (ran.ExitCode, ran.Error));
        Assert.Contains($"gateway  {gateway.Address}", ran.Output, StringComparison.Ordinal);
        Assert.Contains("pages    http://localhost:7100/", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--origin", "http://energy.example.org")]
    [InlineData("--origin", "https://energy.example.org/pages")]
    [InlineData("--origin", "energy.example.org")]
    [InlineData("--listen", "https://127.0.0.1:7100")]
    [InlineData("--listen", "127.0.0.1:7100")]
    [InlineData("--listen", "http://energy.example.org:7100")]
    [InlineData("--time-zone", "Lisbon")]
    [InlineData("--currency", "euro")]
    [InlineData("--retail", "-0.2")]
    [InlineData("--retail", "0.04")]
    [InlineData("--period", "PT5M")]
    [InlineData("--period", "hour")]
    [InlineData("--feed-in", "dear")]
    [InlineData("--grid-fee", "100000000")]
    [InlineData("--name", "Rua\ndas Flores")]
    public async Task A_wrong_option_is_named_and_nothing_is_made(string option, string value)
    {
        Ran ran = await FoundAsync(option, value);

        Assert.Equal((ExitCode.WrongInput, ""), (ran.ExitCode, ran.Output));
        Assert.StartsWith($"{option}: ", ran.Error, StringComparison.Ordinal);
        Assert.EndsWith(".", ran.Error.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("node.json", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Theory]
    [InlineData("http://localhost:5091", "http://127.0.0.1:7100", "unless a proxy passes on from http://localhost:5091, nothing answers there")]
    [InlineData("https://energy.example.org", "http://127.0.0.1:7100", "put a proxy at https://energy.example.org that ends TLS")]
    [InlineData("http://localhost:5091", "http://127.0.0.1:5091", "")]
    public async Task Where_nothing_may_answer_at_the_pages_address_it_says_so(string origin, string listen, string warning)
    {
        Ran ran = await FoundAsync("--origin", origin, "--listen", listen);

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Equal(warning.Length == 0, ran.Error.Length == 0);
        Assert.Contains(warning, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_makes_is_its_owners_alone()
    {
        await FoundAsync();

        Assert.Equal(Owner, ModeOf(Folder, Owner));
        Assert.All(Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories), path => Assert.Equal(UnixFileMode.None, ModeOf(path, UnixFileMode.None) & ~Owner));
    }

    [Fact]
    public void In_a_folder_that_others_can_read_its_own_files_are_closed_the_folder_stays_and_a_sentence_tells()
    {
        const UnixFileMode Shared = Owner | UnixFileMode.SetGroup | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        string foreign = scratch.Write("notes.txt", "of somebody else");
        string file = scratch.Write("community.db", "people");
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            File.SetUnixFileMode(file, readable);
            File.SetUnixFileMode(foreign, readable);
            File.SetUnixFileMode(scratch.Path, Shared);
        }

        string? warning = OwnersFiles.Keep(scratch.Path);

        Assert.Equal(!OperatingSystem.IsWindows(), warning?.EndsWith('.') == true);
        Assert.NotEqual(UnixFileMode.None, ModeOf(foreign, UnixFileMode.OtherRead) & UnixFileMode.OtherRead);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file, UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(Shared, ModeOf(scratch.Path, Shared));
    }

    [Fact]
    public void Who_founds_where_another_is_founding_fails_and_touches_nothing()
    {
        using (FolderLock.Take(Folder, "another founding"))
        {
            Assert.Throws<InvalidDataException>(() => FoundedCommunity.Found(Folder));
            Assert.NotEmpty(Directory.EnumerateFileSystemEntries(Folder));
        }
    }

    [Fact]
    public void Of_two_that_found_at_once_one_has_the_folder_whole()
    {
        int founded = 0;
        Parallel.For(0, 4, _ =>
        {
            try
            {
                FoundedCommunity.Found(Folder);
                Interlocked.Increment(ref founded);
            }
            catch (Exception late) when (late is IOException or InvalidDataException)
            {
                // Another has it.
            }
        });

        Assert.Equal(1, founded);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(Folder, "keys")).Length);
        Assert.NotNull(ConfigurationFile.Read(Path.Combine(Folder, "node.json")).Community);
    }

    [Theory]
    [InlineData("PT15M", 15)]
    [InlineData("PT30M", 30)]
    [InlineData("PT1H", 60)]
    public async Task Its_periods_have_the_length_that_is_asked_for(string length, int minutes)
    {
        Assert.Equal(ExitCode.Done, (await FoundAsync("--period", length)).ExitCode);

        await using FoundedCommunity community = await FoundedCommunity.StartAsync(new CommunityFolder(Folder));
        MarketParameters rules = new CommunityRules().Governance.ParametersAt(community.Server.Host.State!, Instant.From(TimeProvider.System.GetUtcNow()))!;
        Assert.Equal(minutes, rules.PeriodLength.TotalMinutes);
    }

    // Windows keeps no such modes.
    private static UnixFileMode ModeOf(string path, UnixFileMode onWindows) => OperatingSystem.IsWindows() ? onWindows : File.GetUnixFileMode(path);

    private Task<Ran> FoundAsync(params string[] options) =>
        Ran.Of(["found", "--out", Folder, .. options.Contains("--name", StringComparer.Ordinal) ? options : ["--name", "Rua das Flores", .. options]]);
}
