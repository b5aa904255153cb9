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

    [Fact]
    public void Three_hundred_neighbours_are_more_pairs_than_a_transaction_may_compare_and_are_corrected_in_the_next_block()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "nearest-neighbour");
        Neighbour[] neighbours = [.. Enumerable.Range(1, 300).Select(number => new Neighbour(number, community.Gateway))];
        Call(community.Manager, neighbours.Select(one => one.Registers));
        Call(community.Manager, neighbours.Select(one => one.HasRoof));
        Call(community.Manager, neighbours.Select(one => one.HasMeter));
        community.At("14:05");
        Call(community.Gateway, neighbours.Select(one => one.Reports(community.Delivery)));
        MechanismTests.Report(community, anna: 0, ben: null, carl: 0, dora: 0);
        community.At("14:30");
        community.Gateway.Calls(
            TransactionBuilder.Call("metering", "submit", community.Member("ben").Reading(import: 5)),
            TransactionBuilder.Call("market", "correct", new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds })).Accepted();
        Assert.Single(community.At("14:31").All<PeriodCorrected>());
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void Who_joins_after_a_settlement_does_not_change_how_its_corrections_share()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "nearest-neighbour");
        Grow(community, 1_996);
        community.At("14:05");
        MechanismTests.Report(community, anna: -6, ben: 8, carl: null, dora: 4);
        PeriodSettled settled = community.At("14:30").All<PeriodSettled>()[0];
        Assert.Equal([6000L], settled.Trades.Trades.Select(trade => trade.Quantity.WattHours));
        community.Joins("eva");
        community.Gateway.Calls(
            TransactionBuilder.Call("metering", "submit", community.Member("carl").Reading(import: 0)),
            TransactionBuilder.Call("market", "correct", new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds })).Accepted();
        Assert.Empty(community.At("14:31").All<PeriodCorrected>()[0].Lines);
    }

    private static void Call(Person sender, IEnumerable<Call> calls)
    {
        foreach (Call[] some in calls.Chunk(100))
        {
            sender.Calls(some).Accepted();
        }
    }

    private static void Grow(TestCommunity community, int more)
    {
        Call(community.Manager, Enumerable.Range(1, more).Select(number => new Neighbour(number, community.Gateway).Registers));
    }

    /// <summary>A member without a key of his own; the even ones have a surplus, the odd ones a deficit.</summary>
    private sealed record Neighbour(int Number, Person Gateway)
    {
        public Call Registers => TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = Member, ConnectionW = 1000 });

        public Call HasRoof => TransactionBuilder.Call("registry", "register-asset", new RegisterAsset { Member = Member, Name = "roof", Kind = "pv", PowerW = 1000 });

        public Call HasMeter => TransactionBuilder.Call("registry", "register-meter", new RegisterMeter { Member = Member, Meter = Meter, Gateway = Gateway.Bytes });

        private ByteString Member => Address(1);

        private ByteString Meter => Address(2);

        public Call Reports(Instant delivery) => TransactionBuilder.Call("metering", "submit", new SubmitReadings
        {
            Readings =
            {
                new Reading
                {
                    Meter = Meter,
                    DeliveryMs = delivery.UnixMilliseconds,
                    ImportWh = Number % 2 == 1 ? 500 : 0,
                    ExportWh = Number % 2 == 0 ? 500 : 0,
                    Commitment = ByteString.CopyFrom(new byte[32]),
                },
            },
        });

        private ByteString Address(byte kind)
        {
            byte[] address = new byte[20];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(address, Number);
            address[^1] = kind;
            return ByteString.CopyFrom(address);
        }
    }
}
