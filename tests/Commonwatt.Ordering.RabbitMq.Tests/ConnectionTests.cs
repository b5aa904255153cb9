namespace Commonwatt.Ordering.RabbitMq.Tests;

[Collection(nameof(Broker))]
public sealed class ConnectionTests(Broker broker)
{
    private BrokerTls Tls => new() { AuthorityFile = broker.File("tls", "ca.pem") };

    [Fact]
    public async Task An_endpoint_where_nobody_answers_is_left_for_the_next()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer(broker.Settings() with { Endpoints = [new BrokerEndpoint("127.0.0.1", 1), broker.Endpoint] });
        Rig.Publish(orderer, "hello");

        await Rig.ReadAsync(orderer, 0, 1);

        Assert.Contains(rig.Log, line => line.StartsWith($"Lost the broker 127.0.0.1:1 (reading {orderer.Stream}): ", StringComparison.Ordinal));
        Assert.Contains($"Connected to broker {broker.Endpoint} (reading {orderer.Stream}).", rig.Log);
    }

    [Fact]
    public async Task An_encrypted_connection_trusts_the_authority_of_the_settings()
    {
        await using Rig rig = Rig.On(broker);
        BrokerTls tls = Tls with { CertificateFile = broker.File("tls", "client.pem"), KeyFile = broker.File("tls", "client.key") };
        RabbitMqOrderer orderer = rig.Orderer(broker.Settings() with { Endpoints = [broker.TlsEndpoint], Tls = tls });
        Rig.Publish(orderer, "hello");

        Assert.Equal("hello"u8.ToArray(), (await Rig.ReadAsync(orderer, 0, 1))[0]);
    }

    [Fact]
    public async Task A_broker_that_shows_a_certificate_for_another_name_is_not_talked_to()
    {
        await using Rig rig = Rig.On(broker);
        rig.Orderer(broker.Settings() with { Endpoints = [broker.TlsEndpoint], Tls = Tls with { ServerName = "broker.example" } });

        await rig.UntilLoggedAsync("Lost the broker");

        Assert.DoesNotContain(rig.Log, line => line.StartsWith("Connected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_whose_certificate_another_authority_signed_is_not_talked_to()
    {
        await using Rig rig = Rig.On(broker);
        rig.Orderer(broker.Settings() with { Endpoints = [broker.TlsEndpoint], Tls = new BrokerTls { AuthorityFile = broker.File("tls", "client.pem") } });
        rig.Orderer(broker.Settings() with { Endpoints = [broker.TlsEndpoint], Tls = new BrokerTls() });

        await Rig.UntilAsync(() => rig.Log.Count(line => line.StartsWith("Lost the broker", StringComparison.Ordinal)) >= 4, "all have tried");

        Assert.DoesNotContain(rig.Log, line => line.StartsWith("Connected", StringComparison.Ordinal));
    }
}
