using Commonwatt.Node.Configuration;
using Commonwatt.Node.Founding;

namespace Commonwatt.Node.Tests.Configuration;

/// <summary>Settings of a community's node from the file, the environment and the command line.</summary>
public sealed class SettingSourcesTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly CommunityFolder folder;

    public SettingSourcesTests() => folder = FoundedCommunity.Found(scratch.File("flores"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_founded_community_is_configured_whole()
    {
        NodeConfiguration read = ConfigurationFile.Read(folder.Configuration);

        Assert.Equal(folder.Data, read.Folder);
        CommunityConfiguration community = Assert.IsType<CommunityConfiguration>(read.Community);
        Assert.Equal(folder.Key("gateway"), community.GatewayKey);
        Assert.Equal(folder.Key("manager"), community.BootstrapKey);
        Assert.Equal("localhost", community.RelyingParty);
        Assert.Equal([new Uri("http://localhost:7100")], community.Origins);
        Assert.Equal(new DatabaseConfiguration.Sqlite(folder.Data), community.Database);
        Assert.True(community.HasPages);
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        NodeConfiguration read = Read(
            [("COMMONWATT_NODE_LISTEN", "http://127.0.0.1:1001"), ("COMMONWATT_NODE_SNAPSHOTEVERY", "77"), ("COMMONWATT_NODE_COMMUNITY_PAGES", "false"), ("OTHER", "x")],
            ("listen", "http://127.0.0.1:1002", "--listen"),
            ("community.telemetry.endpoint", "http://127.0.0.1:4317", "--set"));

        Assert.Equal("http://127.0.0.1:1002", read.Listen);
        Assert.Equal(77, read.SnapshotEvery);
        Assert.False(read.Community!.HasPages);
        Assert.Equal(new Uri("http://127.0.0.1:4317"), read.Community.TelemetryEndpoint);
    }

    [Fact]
    public void Paths_given_outside_of_the_file_count_from_the_current_folder()
    {
        NodeConfiguration read = Read([("COMMONWATT_NODE_FOLDER", "elsewhere")]);

        Assert.Equal(Path.GetFullPath("elsewhere"), read.Folder);
    }

    [Theory]
    [InlineData("COMMONWATT_NODE_LISTEN", "7100", "the environment variable COMMONWATT_NODE_LISTEN: 'listen': 7100 is not what belongs here")]
    [InlineData("COMMONWATT_NODE_LISTEN", "somewhere", "the environment variable COMMONWATT_NODE_LISTEN: 'listen': 'somewhere' is not where a node can listen")]
    [InlineData("COMMONWATT_NODE_COLOUR", "blue", "COMMONWATT_NODE_COLOUR names no setting of a node; the settings are folder, ")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_TIMEZONE", "Europe/Lissabon", "COMMONWATT_NODE_COMMUNITY_TIMEZONE: 'community.timeZone': 'Europe/Lissabon' is no IANA time zone")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_ORIGINS", "[\"http://energy.example.org\"]", "'community.origins': 'http://energy.example.org' is no address that pages can be opened under; give https")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_RELYINGPARTY", "example.org", "'community.relyingParty': browsers make no passkey for 'example.org' on pages of 'localhost'")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_DATABASE_KIND", "oracle", "'community.database.kind': 'oracle' is no kind of database; give 'sqlite' or 'postgres'.")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_DATABASE_KIND", "postgres", "'community.database.connectionFile': it is missing; give a file with the connection string")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_TELEMETRY_ENDPOINT", "collector", "'community.telemetry.endpoint': 'collector' is no address of a collector")]
    [InlineData("COMMONWATT_NODE_COMMUNITY_GATEWAYKEY", "none.pem", "'community.gatewayKey': there is no file")]
    [InlineData("COMMONWATT_NODE_LOG", "xml", "'log': 'xml' is no form of a log; give 'text' for people or 'json' for programs.")]
    public void A_wrong_value_is_told_with_the_name_of_where_it_came_from(string variable, string value, string sentence)
    {
        InvalidDataException wrong = Assert.Throws<InvalidDataException>(() => Read([(variable, value)]));

        Assert.Contains(sentence, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_argument_is_told_with_the_option_that_gave_it()
    {
        InvalidDataException wrong = Assert.Throws<InvalidDataException>(() => Read([], ("listen", "somewhere", "--listen")));

        Assert.StartsWith("--listen: 'listen': 'somewhere'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_comes_from_the_environment_or_a_file_and_is_never_shown()
    {
        const string Secret = "Host=127.0.0.1;Database=flores;Username=flores;Password=tulip-and-rose";
        NodeConfiguration read = Read([("COMMONWATT_NODE_COMMUNITY_DATABASE_KIND", "postgres"), ("COMMONWATT_NODE_COMMUNITY_DATABASE_CONNECTION", Secret)]);
        DatabaseConfiguration.Postgres database = Assert.IsType<DatabaseConfiguration.Postgres>(read.Community!.Database);
        Assert.Equal(Secret, database.Connection);
        Assert.DoesNotContain("tulip", read.ToString(), StringComparison.Ordinal);

        InvalidDataException broken = Assert.Throws<InvalidDataException>(() => Read([("COMMONWATT_NODE_COMMUNITY_DATABASE_KIND", "postgres"), ("COMMONWATT_NODE_COMMUNITY_DATABASE_CONNECTION", "Hst=tulip")]));
        InvalidDataException shown = Assert.Throws<InvalidDataException>(() => Read([("COMMONWATT_NODE_COMMUNITY_DATABASE_KIND", "postgres")], ("community.database.connection", Secret, "--set")));
        Assert.Contains("a secret is given by the environment variable COMMONWATT_NODE_COMMUNITY_DATABASE_CONNECTION or in a file of its own", shown.Message, StringComparison.Ordinal);
        Assert.All([broken, shown], wrong => Assert.DoesNotContain("tulip", wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_node_on_the_same_folder_hears_who_has_it()
    {
        await using FoundedCommunity first = await FoundedCommunity.StartAsync(folder);

        Ran second = await Ran.Of("node", "--config", folder.Configuration);

        Assert.Equal(ExitCode.WrongInput, second.ExitCode);
        Assert.Contains($"is in use by a node (process {Environment.ProcessId}", second.Error, StringComparison.Ordinal);
    }

    private NodeConfiguration Read((string Name, string Value)[] environment, params (string Name, string Value, string Option)[] arguments) =>
        ConfigurationFile.Read(folder.Configuration, new SettingSources(folder.Configuration, environment.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal), arguments));
}
