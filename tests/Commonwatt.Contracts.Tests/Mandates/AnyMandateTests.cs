using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Commonwatt.Ledger.Execution.Outcome;

namespace Commonwatt.Contracts.Tests.Mandates;

/// <summary>Whatever members and agents try, no order of an agent's is on the ledger that a mandate does not allow; and the books are right after every block.</summary>
public sealed class AnyMandateTests
{
    private static readonly string[] Names = ["anna", "carl"];
    private static readonly string[] Robots = ["robot", "other robot"];

    private enum Kind
    {
        Grant,
        Withdraw,
        AgentPlaces,
        AgentReplaces,
        AgentWithdraws,
        MemberPlaces,
        MemberReplaces,
        MemberWithdraws,
        Wait,
    }

    // Each run begins with a mandate of everybody's.
    private static readonly Step Beginning = new(Kind.Grant, Who: 0, Robots[0], Label: 1, Ahead: 4, Energy: 1_000, Price: 150_000, Sells: false, Minutes: 2);

    [Fact]
    public void An_agent_never_places_what_no_mandate_allows_and_money_is_conserved()
    {
        Gen<Step> step =
            from kind in Gen.Frequency((5, Gen.Constant(Kind.AgentPlaces)), (3, Gen.Constant(Kind.AgentReplaces)), (2, Gen.Constant(Kind.Grant)), (5, Gen.Elements(Enum.GetValues<Kind>())))
            from who in Gen.Choose(0, 1)
            from robot in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)))
            from label in Gen.Choose(1, 3)
            from ahead in Gen.Choose(0, 4)
            from energy in Gen.Choose(1, 3_000)
            from price in Gen.Choose(6, 24)
            from sells in Gen.Elements(true, false)
            from minutes in Gen.Choose(1, 90)
            select new Step(kind, who, Robots[robot], (uint)label, ahead, energy, price * 10_000, sells, minutes);
        int accepted = 0;
        int refused = 0;
        Prop.ForAll(step.ArrayOf(80).ToArbitrary(), steps =>
        {
            using TestCommunity community = TestCommunity.Trading(rules => (rules.PeriodMinutes, rules.ListingLeadMs) = (30, TestCommunity.Minutes(150)));
            community.At("11:40");
            var watch = new Watch(community);
            foreach (Step one in Names.Select((_, who) => Beginning with { Who = who }).Concat(steps))
            {
                Reply reply = Take(community, one);
                watch.Read(reply.Events);
                accepted += reply.Events.Count(happened => happened.Is<OrderPlaced>() && happened.As<OrderPlaced>().Order.Agent != Address.Nobody);
                refused += reply.Outcome.Code == "beyond-mandate" ? 1 : 0;
            }

            community.Manager.Calls("market", "stop", new StopMarket());
            community.At(community.Now + TimeSpan.FromHours(6));
            Assert.All(community.Rules.Wallet.Accounts(community.State), account => Assert.Equal(Money.Zero, account.Value.Locked));
            Assert.All(
                community.Rules.Mandates.Mandates(community.State),
                mandate => Assert.True(mandate.Value.Until > community.Now && community.Rules.Mandates.IsAgent(community.State, mandate.Value.Agent)));
            community.EveryScheduledCallWasDone();
            community.ReplaysAlike();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        Assert.True(accepted > 100, $"Only {accepted} orders of agents were accepted: the members are too strict to try anything.");
        Assert.True(refused > 100, $"Only {refused} orders of agents were beyond their mandates: the agents are too meek to try anything.");
    }

    private static Reply Take(TestCommunity community, Step step)
    {
        Member member = community.Member(Names[step.Who]);
        Person robot = community.Person(step.Robot);
        var length = TimeSpan.FromMinutes(30);
        Instant delivery = DeliveryPeriod.Containing(community.Now, length).End + (length * step.Ahead);
        OrderSide side = step.Sells ? OrderSide.Sell : OrderSide.Buy;
        var order = new PlaceOrder
        {
            DeliveryMs = delivery.UnixMilliseconds,
            Label = step.Label,
            Side = side,
            QuantityWh = step.Energy,
            LimitPrice = step.Price,
        };
        bool isAgents = step.Kind is Kind.AgentPlaces or Kind.AgentReplaces or Kind.AgentWithdraws;
        order.ForMember = isAgents ? member.Bytes : order.ForMember;
        Person caller = isAgents ? robot : member;
        switch (step.Kind)
        {
            case Kind.Wait:
                community.At(community.Now + TimeSpan.FromMinutes(step.Minutes));
                return new Reply(Outcome.Done, []);
            case Kind.Grant:
                return member.Calls("mandate", "grant", Grant(community, step, robot));
            case Kind.Withdraw:
                return member.Calls("mandate", "withdraw", new WithdrawMandate());
            case Kind.AgentPlaces or Kind.MemberPlaces:
                return caller.Calls("market", "place", order);
            case Kind.AgentWithdraws or Kind.MemberWithdraws:
                return caller.Calls("market", "withdraw", new WithdrawOrder { DeliveryMs = order.DeliveryMs, Label = order.Label, ForMember = order.ForMember });
            default:
                return caller.Calls("market", "replace", new ReplaceOrder
                {
                    DeliveryMs = order.DeliveryMs,
                    Label = order.Label,
                    Side = side,
                    QuantityWh = order.QuantityWh,
                    LimitPrice = order.LimitPrice,
                    ForMember = order.ForMember,
                });
        }
    }

    private static GrantMandate Grant(TestCommunity community, Step step, Person robot) => new()
    {
        Agent = robot.Bytes,
        Sides = step.Minutes % 4 == 0 ? 1u : step.Minutes % 4 == 1 ? 2u : 3u,
        LowestPrice = step.Price - 60_000,
        HighestPrice = step.Price + 60_000,
        MostWhPerHour = 3 * step.Energy,
        FromMs = (community.Now + TimeSpan.FromMinutes(step.Label is 3 ? 20 : -5)).UnixMilliseconds,
        UntilMs = (DeliveryPeriod.Containing(community.Now, TimeSpan.FromHours(1)).End + TimeSpan.FromHours(1 + (2 * step.Ahead))).UnixMilliseconds,
    };

    private sealed record Step(Kind Kind, int Who, string Robot, uint Label, int Ahead, int Energy, int Price, bool Sells, int Minutes);

    /// <summary>Knows mandates and orders from the events alone, and checks each order of an agent's against the mandate of then.</summary>
    private sealed class Watch(TestCommunity community)
    {
        private readonly Dictionary<MemberId, Mandate> mandates = [];
        private readonly Dictionary<OrderKey, PlacedOrder> placed = [];

        public void Read(IReadOnlyList<LedgerEvent> events)
        {
            foreach (LedgerEvent happened in events)
            {
                if (happened.Is<MandateGranted>())
                {
                    mandates[happened.As<MandateGranted>().Member] = happened.As<MandateGranted>().Mandate;
                }
                else if (happened.Is<MandateWithdrawn>())
                {
                    mandates.Remove(happened.As<MandateWithdrawn>().Member);
                }
                else if (happened.Is<OrderWithdrawn>())
                {
                    placed.Remove(happened.As<OrderWithdrawn>().Key);
                }
                else if (happened.Is<OrderPlaced>())
                {
                    placed[happened.As<OrderPlaced>().Key] = happened.As<OrderPlaced>().Order;
                    Check(happened.As<OrderPlaced>());
                }
            }
        }

        private void Check(OrderPlaced order)
        {
            if (order.Order.Agent == Address.Nobody)
            {
                return;
            }

            Mandate mandate = mandates[order.Key.Member];
            Assert.Equal(mandate.Agent, order.Order.Agent);
            Assert.True(mandate.From <= community.Now && community.Now < mandate.Until);
            Assert.True(mandate.From <= order.Key.Delivery && order.Key.Delivery + TimeSpan.FromMinutes(30) <= mandate.Until);
            Assert.True(mandate.Sides == MandateSides.Both || mandate.Sides == (order.Order.Side == Side.Buy ? MandateSides.Buy : MandateSides.Sell));
            Assert.InRange(order.Order.LimitPrice.MicrosPerKilowattHour, mandate.Lowest.MicrosPerKilowattHour, mandate.Highest.MicrosPerKilowattHour);
            Energy inHour = placed
                .Where(one => one.Value.Agent != Address.Nobody && one.Key.Member == order.Key.Member && SameHour(one.Key.Delivery, order.Key.Delivery))
                .Aggregate(Energy.Zero, (sum, one) => sum + one.Value.Quantity);
            Assert.True(inHour <= mandate.MostPerHour, $"{inHour} an hour, and {mandate.MostPerHour} are allowed.");
            Assert.Equal(inHour, community.Rules.Mandates.PlacedIn(community.State, order.Key.Member, order.Key.Delivery));
        }

        private static bool SameHour(Instant one, Instant other) => one.UnixMilliseconds / 3_600_000 == other.UnixMilliseconds / 3_600_000;
    }
}
