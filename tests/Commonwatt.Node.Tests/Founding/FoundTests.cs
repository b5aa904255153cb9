using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Configuration;

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
    public void A_folder_that_others_could_read_is_closed_with_the_files_in_it()
    {
        string file = scratch.Write("community.db", "people");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        OwnersFiles.Keep(scratch.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file, UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(Owner, ModeOf(scratch.Path, Owner));
    }

    // Windows keeps no such modes.
    private static UnixFileMode ModeOf(string path, UnixFileMode onWindows) => OperatingSystem.IsWindows() ? onWindows : File.GetUnixFileMode(path);

    private Task<Ran> FoundAsync(params string[] options) =>
        Ran.Of(["found", "--out", Folder, .. options.Contains("--name", StringComparer.Ordinal) ? options : ["--name", "Rua das Flores", .. options]]);
}
