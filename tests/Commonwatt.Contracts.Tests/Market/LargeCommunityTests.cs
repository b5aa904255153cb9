using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Market;

/// <summary>What a transaction has not the work for, the ledger's own schedule does.</summary>
public sealed class LargeCommunityTests
{
    [Fact]
    public void A_community_of_more_than_two_thousand_is_corrected_in_the_next_block()
    {
        using TestCommunity community = TestCommunity.Trading();
        Grow(community, 2_000);
        SettlementTests.SellsToBen(community);
        community.At("14:05");
        MechanismTests.Report(community, anna: -4, ben: null, carl: 0, dora: null);
        community.At("14:30");
        var correct = new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds };
        community.Gateway.Calls(
            TransactionBuilder.Call("metering", "submit", community.Member("ben").Reading(import: 5)),
            TransactionBuilder.Call("market", "correct", correct),
            TransactionBuilder.Call("market", "correct", correct)).Accepted();
        Assert.Equal("99.520000", community.Member("ben").Balance);
        community.At("14:31");
        Assert.Equal("99.320000", community.Member("ben").Balance);
        Assert.Single(community.All<PeriodCorrected>());

        community.Gateway.Calls("market", "correct", correct).Accepted();
        Assert.Single(community.At("14:32").All<PeriodCorrected>());
        community.Member("dora").Reports(1).Accepted();
        community.Gateway.Calls("market", "correct", correct).Accepted();
        community.At("14:33");
        Assert.Equal("99.800000", community.Member("dora").Balance);
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    [Fact]
    public void A_community_too_large_to_compare_all_neighbours_shares_by_its_key()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "nearest-neighbour");
        Grow(community, 2_000);
        community.At("14:05");
        MechanismTests.Report(community, anna: -6, ben: 8, carl: 0, dora: 4);
        PeriodSettled settled = community.At("14:30").All<PeriodSettled>()[0];
        Assert.Equal([4000L, 2000L], settled.Trades.Trades.Select(trade => trade.Quantity.WattHours));
        community.EveryScheduledCallWasDone();
    }

    private static void Grow(TestCommunity community, int more)
    {
        foreach (int[] some in Enumerable.Range(1, more).Chunk(250))
        {
            community.Manager.Calls([.. some.Select(Registers)]).Accepted();
        }
    }

    private static Call Registers(int number)
    {
        byte[] address = new byte[20];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(address, number);
        return TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = ByteString.CopyFrom(address), ConnectionW = 1000 });
    }
}
