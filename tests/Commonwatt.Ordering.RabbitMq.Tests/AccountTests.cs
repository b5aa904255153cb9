namespace Commonwatt.Ordering.RabbitMq.Tests;

[Collection(nameof(Broker))]
public sealed class AccountTests(Broker broker)
{
    [Fact]
    public async Task A_reader_is_told_that_it_may_not_publish_and_goes_on_reading()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer validator = rig.Orderer();
        Rig.Publish(validator, "of the validator");
        await Rig.ReadAsync(validator, 0, 1);
        RabbitMqOrderer follower = rig.Orderer(broker.Settings("reader"));

        Rig.Publish(follower, "of the reader");

        await rig.UntilLoggedAsync("the account reader is not allowed to do this");
        Rig.Publish(validator, "more of the validator");
        Assert.Equal("more of the validator"u8.ToArray(), (await Rig.ReadAsync(follower, 1, 1))[0]);
        Assert.Equal(1, follower.Unconfirmed);
        Assert.Contains("the account reader is not allowed to do this", follower.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_no_password_is_ever_logged()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer orderer = rig.Orderer(broker.Settings("validator-1") with { PasswordFile = broker.PasswordFile("validator-2") });

        await rig.UntilLoggedAsync("it refuses the account validator-1 or its password");

        Assert.NotNull(orderer.Trouble);
        foreach (string account in new[] { "validator-1", "validator-2" })
        {
            string password = (await File.ReadAllTextAsync(broker.PasswordFile(account), TestContext.Current.CancellationToken)).Trim();
            Assert.DoesNotContain(rig.Log, line => line.Contains(password, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_validator_waits_for_a_stream_that_it_may_not_make()
    {
        await using Rig rig = Rig.On(broker);
        RabbitMqOrderer validator = rig.Orderer(broker.Settings("validator-1"));
        Rig.Publish(validator, "early");

        await rig.UntilLoggedAsync($"there is no stream {validator.Stream}, and this node is not set to make it");
        rig.Orderer();

        Assert.Equal("early"u8.ToArray(), (await Rig.ReadAsync(validator, 0, 1))[0]);
    }

    [Fact]
    public async Task A_validator_that_is_set_to_make_streams_needs_the_right_to()
    {
        await using Rig rig = Rig.On(broker);
        rig.Orderer(broker.Settings("validator-1") with { MayDeclare = true });

        await rig.UntilLoggedAsync("the account validator-1 is not allowed to do this");
    }
}
