using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Ordering.RabbitMq.Tests;

public sealed class SettingsTests
{
    private static BrokerSettings Good => new() { Endpoints = [new BrokerEndpoint("127.0.0.1", 5701)], User = "validator-1", PasswordFile = "password" };

    public static TheoryData<string, BrokerSettings> Wrong => new()
    {
        { "No broker is named", Good with { Endpoints = [] } },
        { "broker.example:5671 would carry the password unencrypted", Good with { Endpoints = [new BrokerEndpoint("127.0.0.1", 5701), new BrokerEndpoint("broker.example", 5671)] } },
        { "account has no name", Good with { User = " " } },
        { "Name either the file or the environment variable", Good with { PasswordFile = null } },
        { "Name either the file or the environment variable", Good with { PasswordVariable = "PASSWORD" } },
        { "on 1 to 9 nodes, not on 0", Good with { Replicas = 0 } },
        { "8000000 to 3000000000 bytes, not 5", Good with { SegmentBytes = 5 } },
        { "keep at least 300000000", Good with { OrderBytes = 299_999_999 } },
        { "at least 24000000 bytes, not in 1", Good with { VoteBytes = 1 } },
        { "in whole days, not as 12:00:00", Good with { OrderAge = TimeSpan.FromHours(12) } },
        { "from 1 to 60 whole minutes back, not from 00:00:30", Good with { VotesSince = TimeSpan.FromSeconds(30) } },
        { "1 entries is too small", Good with { BufferEntries = 1 } },
        { "patience", Good with { Patience = TimeSpan.Zero } },
        { "both its file and the file of its key", Good with { Tls = new BrokerTls { CertificateFile = "here" } } },
        { "The file nowhere.pem, named for TLS, does not exist", Good with { Tls = new BrokerTls { AuthorityFile = "nowhere.pem" } } },
    };

    [Fact]
    public void Settings_for_one_machine_need_an_endpoint_an_account_and_a_password() => Assert.Empty(Good.Problems());

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_in_a_sentence(string part, BrokerSettings settings)
    {
        Assert.Contains(settings.Problems(), problem => problem.Contains(part, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => RabbitMqOrderer.Open(settings, Hash.Zero, 0, new BrokerSurroundings(TimeProvider.System, new System.Random(1), _ => { })));
    }

    [Theory]
    [InlineData("127.0.0.1:5701", "127.0.0.1", 5701, true)]
    [InlineData("[::1]:5672", "::1", 5672, true)]
    [InlineData("localhost:1", "localhost", 1, true)]
    [InlineData("broker-1.example:5671", "broker-1.example", 5671, false)]
    public void An_endpoint_is_read_and_written_as_host_and_port(string text, string host, int port, bool isThisMachine)
    {
        BrokerEndpoint? endpoint = BrokerEndpoint.TryParse(text);

        Assert.Equal(new BrokerEndpoint(host, port), endpoint);
        Assert.Equal(text, endpoint!.ToString());
        Assert.Equal(isThisMachine, endpoint.IsThisMachine);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("broker")]
    [InlineData(":5672")]
    [InlineData("broker:0")]
    [InlineData("broker:65536")]
    [InlineData("broker:+1")]
    [InlineData("::1:5672")]
    [InlineData("a b:5672")]
    public void What_is_no_endpoint_is_not_read(string? text) => Assert.Null(BrokerEndpoint.TryParse(text));

    [Fact]
    public void Waits_double_up_to_ten_seconds_and_are_up_to_half_shorter_by_chance() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var backOff = new BackOff(new System.Random(seed));
        double full = 0.1;
        for (int attempt = 0; attempt < 12; attempt++)
        {
            Assert.InRange(backOff.Next().TotalSeconds, full / 2, full);
            full = double.Min(full * 2, 10);
        }

        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.05, 0.1);
    }));
}
