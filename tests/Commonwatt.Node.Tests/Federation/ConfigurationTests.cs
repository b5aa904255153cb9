using Commonwatt.Node.Configuration;

namespace Commonwatt.Node.Tests.Federation;

public class ConfigurationTests
{
    private const string Right = """{"folder": "data", "genesis": "g", "order": {"kind": "local"}}""";

    [Theory]
    [InlineData("""[]""", "the file is []; give an object")]
    [InlineData("""{"genesis": "g", "order": {"kind": "local"}}""", "'folder': it is missing; give the folder for this node's files")]
    [InlineData("""{"folder": "data", "genesis": "none", "order": {"kind": "local"}}""", "'genesis': there is no file")]
    [InlineData("""{"folder": "data", "genesis": "g"}""", "'order': it is missing; give where batches get their order")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "raft"}}""", "'order.kind': 'raft' is no kind of order; give 'local'")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local", "user": "x"}}""", "'order.user': there is no such field; the fields here are kind.")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "broker", "endpoints": [], "user": "x", "passwordFile": "g"}}""", "'order.endpoints': [] is not what belongs here; give the broker's nodes")]
    [InlineData("""{"folder": 7, "genesis": "g", "order": {"kind": "local"}}""", "'folder': 7 is not what belongs here")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local"}, "snapshotEvery": -1}""", "'snapshotEvery': -1 is not what belongs here; give a whole number from 0 to 1000000000, such as 1000.")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local"}, "listen": "7100"}""", "'listen': '7100' is not where a node can listen; give http")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local"}, "peers": ["somewhere"]}""", "'peers': 'somewhere' is not the address of a node; give one such as 'http://127.0.0.1:7102'.")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local"}, "isKeyNew": "yes"}""", "'isKeyNew': \"yes\" is not what belongs here; give true or false.")]
    [InlineData("""{"folder": "data", "genesis": "g", "order": {"kind": "local"}, "colour": 1}""", "'colour': there is no such field")]
    [InlineData("""{"folder": """, "is not JSON")]
    public async Task A_wrong_configuration_is_refused_with_what_would_be_right(string text, string sentence)
    {
        using ScratchFolder scratch = new();
        scratch.Write("g", "");

        Ran ran = await Ran.Of("node", "--config", scratch.Write("node.json", text));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains(sentence, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_count_from_the_folder_of_the_file()
    {
        using ScratchFolder scratch = new();
        scratch.Write("g", "");

        NodeConfiguration read = ConfigurationFile.Read(scratch.Write("node.json", Right));

        Assert.Equal(scratch.File("data"), read.Folder);
        Assert.Equal(scratch.File("g"), read.Genesis);
        Assert.Equal("http://127.0.0.1:7100", read.Listen);
        Assert.Null(read.Key);
    }

    [Fact]
    public async Task A_file_that_is_no_genesis_is_named()
    {
        using ScratchFolder scratch = new();
        scratch.Write("g", "this is none");

        Ran ran = await Ran.Of("node", "--config", scratch.Write("node.json", Right));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains("is no genesis", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_is_for_its_owner_alone_and_never_overwritten()
    {
        using ScratchFolder scratch = new();

        Ran made = await Ran.Of("key", "--out", scratch.File("own.pem"));
        Ran again = await Ran.Of("key", "--out", scratch.File("own.pem"));

        Assert.Equal(ExitCode.Done, made.ExitCode);
        Assert.Contains(KeyFile.Read(scratch.File("own.pem")).Address.ToString(), made.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, again.ExitCode);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch.File("own.pem")));
        }
    }
}
