using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Member = Commonwatt.Contracts.Tests.Communities.Member;

namespace Commonwatt.Contracts.Tests.Registry;

public sealed class RegistryTests
{
    [Fact]
    public void Members_are_numbered_in_the_order_they_join()
    {
        using TestCommunity community = TestCommunity.Founded();
        Assert.Equal(1, community.Joins("anna").Id.Value);
        Assert.Equal(2, community.Joins("ben").Id.Value);
        Assert.Equal(2, community.Rules.Registry.MemberCount(community.State));
    }

    [Fact]
    public void Registering_a_member_again_changes_him_and_keeps_his_number_assets_and_suspension()
    {
        using TestCommunity community = TestCommunity.Founded();
        Member anna = community.Joins("anna", pv: 5);
        community.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = anna.Bytes, Suspended = true }).Accepted();
        Reply again = community.Manager.Calls(
            "registry", "register-member", new RegisterMember { Member = anna.Bytes, ConnectionW = 7000, SharingWeight = 4, SharingTier = 2 });
        var expected = new Commonwatt.Contracts.Registry.Member(anna.Address, new Power(7000), new Power(5000), SharingWeight: 4, SharingTier: 2, IsSuspended: true);
        Assert.Equal(new MemberRegistered(anna.Id, expected), again.The<MemberRegistered>());
        Assert.Equal(expected, anna.Registered);
        Assert.Equal(1, anna.Id.Value);
    }

    [Fact]
    public void Assets_add_up_are_replaced_by_name_and_removed()
    {
        using TestCommunity community = TestCommunity.Founded();
        Member anna = community.Joins("anna");
        Asset(community, "roof", "pv", 5000).Accepted();
        Asset(community, "cellar", "battery", 3000).Accepted();
        Assert.Equal(new Power(8000), anna.Registered.Generation);
        Asset(community, "roof", "pv", 6500).Accepted();
        Assert.Equal(new Power(9500), anna.Registered.Generation);
        community.Manager.Calls("registry", "remove-asset", new RemoveAsset { Member = anna.Bytes, Name = "cellar" }).Accepted();
        Assert.Equal(new Power(6500), anna.Registered.Generation);
    }

    [Fact]
    public void A_member_has_at_most_a_hundred_assets()
    {
        using TestCommunity community = TestCommunity.Founded();
        community.Joins("anna");
        for (int index = 0; index < 100; index++)
        {
            Asset(community, $"panel {index}", "pv", 1).Accepted();
        }

        Asset(community, "one more", "pv", 1).Refused("too-many", "A member has at most 100 assets: remove one first.");
        Asset(community, "panel 5", "pv", 2).Accepted();
        Assert.Equal(new Power(101), community.Member("anna").Registered.Generation);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(0, false)]
    public void An_assets_name_has_1_to_64_characters(int length, bool isRight)
    {
        using TestCommunity community = TestCommunity.Founded();
        community.Joins("anna");
        Assert.Equal(isRight, Asset(community, new string('ü', length), "pv", 1).Outcome.IsDone);
    }

    [Fact]
    public void A_new_meter_takes_the_place_of_the_old_one()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.Member("ben");
        Person newMeter = community.Person("new-meter");
        community.Manager.Calls("registry", "register-meter", new RegisterMeter { Member = ben.Bytes, Meter = newMeter.Bytes }).Accepted();
        community.At("14:05");
        ben.Reports(1).Refused("no-such-meter");
        SubmitReadings reading = ben.Reading(import: 1);
        reading.Readings[0].Meter = newMeter.Bytes;
        community.Gateway.Calls("metering", "submit", reading).Refused("not-the-meter");
        newMeter.Calls("metering", "submit", reading).Accepted();
        ben.Meter.Calls("metering", "submit", ben.Reading(import: 1)).Refused("unknown-sender");
    }

    [Fact]
    public void A_gateway_is_known_while_a_meter_names_it()
    {
        using TestCommunity community = TestCommunity.Founded();
        Member anna = community.Joins("anna");
        Member ben = community.Joins("ben");
        Assert.True(community.Rules.Registry.Knows(community.State, community.Gateway.Address));
        RegisterMeter without(Member member) => new() { Member = member.Bytes, Meter = member.Meter.Bytes };
        community.Manager.Calls("registry", "register-meter", without(anna)).Accepted();
        Assert.True(community.Rules.Registry.Knows(community.State, community.Gateway.Address));
        community.Manager.Calls("registry", "register-meter", without(ben)).Accepted();
        Assert.False(community.Rules.Registry.Knows(community.State, community.Gateway.Address));
        Assert.True(community.Rules.Registry.Knows(community.State, anna.Meter.Address));
    }

    [Fact]
    public void Distances_are_the_same_both_ways_and_far_where_nobody_said()
    {
        using TestCommunity community = TestCommunity.Founded();
        Member anna = community.Joins("anna");
        Member ben = community.Joins("ben");
        Assert.Equal(1_000_000_000, community.Rules.Registry.Distance(community.State, anna.Id, ben.Id));
        community.Manager.Calls("registry", "set-distance", new SetDistance { One = ben.Bytes, Other = anna.Bytes, Metres = 40 }).Accepted();
        Assert.Equal(40, community.Rules.Registry.Distance(community.State, anna.Id, ben.Id));
        Assert.Equal(40, community.Rules.Registry.Distance(community.State, ben.Id, anna.Id));
    }

    private static Reply Asset(TestCommunity community, string name, string kind, long watts) => community.Manager.Calls(
        "registry", "register-asset", new RegisterAsset { Member = community.Member("anna").Bytes, Name = name, Kind = kind, PowerW = watts });
}
