using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Markets;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>A community by any rules, in which people do whatever comes to their minds.</summary>
internal static class AnyCommunity
{
    private static readonly string[] Names = ["anna", "ben", "carl", "dora"];

    internal enum Kind
    {
        Place,
        Replace,
        Withdraw,
        Report,
        ReportAndCorrect,
        Limit,
        Suspend,
        Wait,
    }

    /// <summary>Communities that have traded and stopped, each made anew when it is asked for.</summary>
    /// <param name="length">How many things people do in it.</param>
    public static Arbitrary<Story> After(int length) => Stories(length).ToArbitrary();

    private static Gen<Story> Stories(int length)
    {
        Gen<Step> step =
            from kind in Gen.Frequency((6, Gen.Constant(Kind.Place)), (3, Gen.Constant(Kind.Report)), (3, Gen.Constant(Kind.Wait)), (4, Gen.Elements(Enum.GetValues<Kind>())))
            from who in Gen.Choose(0, Names.Length - 1)
            from label in Gen.Choose(1, 3)
            from energy in Gen.Choose(-500, 8_000)
            from price in Gen.Choose(-5, 300)
            from minutes in Gen.Choose(1, 45)
            select new Step(kind, who, label, energy, price * 1000, minutes);
        return
            from mechanism in Gen.Elements([.. Mechanisms.Names, "sharing-key", "nearest-neighbour"])
            from minutes in Gen.Elements(15, 30, 60)
            from rule in Gen.Elements(Imbalance.Pooled, Imbalance.Utility)
            from proRata in Gen.Elements(true, false)
            from fee in Gen.Choose(0, 30_000)
            from penalty in Gen.Choose(0, 30_000)
            from steps in step.ArrayOf(length)
            select new Story(new Choice(mechanism, minutes, rule, proRata, fee, penalty), steps);
    }

    private static TestCommunity Run(Choice choice, Step[] steps)
    {
        TestCommunity community = TestCommunity.Trading(rules =>
        {
            (rules.Mechanism, rules.PeriodMinutes, rules.Imbalance, rules.RationsProRata) = (choice.Mechanism, (uint)choice.Minutes, choice.Rule, choice.ProRata);
            (rules.LocalGridFee, rules.ShortfallPenalty) = (choice.Fee, choice.Penalty);
        });
        var boundaries = new SetInvoiceBoundaries { AtMs = { TestCommunity.Time("14:00").UnixMilliseconds, TestCommunity.Time("16:00").UnixMilliseconds } };
        community.Manager.Calls("market", "set-invoice-boundaries", boundaries).Accepted();
        community.At("12:10");
        foreach (Step step in steps)
        {
            Take(community, choice, step);
        }

        community.Manager.Calls("market", "stop", new StopMarket());
        community.At(community.Now + TimeSpan.FromHours(3));
        Assert.Empty(community.Rules.Market.Listings(community.State));
        Assert.All(community.Rules.Wallet.Accounts(community.State), account => Assert.Equal(Money.Zero, account.Value.Locked));
        return community;
    }

    private static void Take(TestCommunity community, Choice choice, Step step)
    {
        Member member = community.Member(Names[step.Who]);
        var length = TimeSpan.FromMinutes(choice.Minutes);
        Instant next = DeliveryPeriod.Containing(community.Now, length).End;
        decimal kWh = step.Energy / 1000m;
        decimal price = step.Price / 1_000_000m;
        bool sells = step.Who % 2 == 0;
        switch (step.Kind)
        {
            case Kind.Wait:
                community.At(community.Now + TimeSpan.FromMinutes(step.Minutes));
                break;
            case Kind.Place when sells:
                Looking(community, next, member).Asks(kWh / 4, price, (uint)step.Label);
                break;
            case Kind.Place:
                Looking(community, next, member).Bids(kWh / 4, price, (uint)step.Label);
                break;
            case Kind.Replace:
                Looking(community, next, member).Replaces((uint)step.Label, step.Minutes % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, kWh / 4, price);
                break;
            case Kind.Withdraw:
                Looking(community, next, member).Withdraws((uint)step.Label);
                break;
            case Kind.Report:
                Looking(community, next - (length * 2), member).Reports(sells ? 0 : kWh / 4, sells ? kWh / 4 : 0);
                break;
            case Kind.ReportAndCorrect:
                Instant late = next - (length * (2 + (step.Minutes % 4)));
                community.Gateway.Calls(
                    TransactionBuilder.Call("metering", "submit", member.Reading(decimal.Max(kWh / 4, 0), delivery: late)),
                    TransactionBuilder.Call("market", "correct", new CorrectPeriod { DeliveryMs = late.UnixMilliseconds }));
                break;
            case Kind.Limit:
                community.Dso.Calls("market", "set-network-limit", new SetNetworkLimit { DeliveryMs = next.UnixMilliseconds, PowerW = step.Energy });
                break;
            default:
                community.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = member.Bytes, Suspended = step.Minutes % 2 == 0 });
                break;
        }
    }

    private static Member Looking(TestCommunity community, Instant delivery, Member member)
    {
        community.For(delivery);
        return member;
    }

    internal sealed record Choice(string Mechanism, int Minutes, Imbalance Rule, bool ProRata, long Fee, long Penalty);

    internal sealed record Step(Kind Kind, int Who, int Label, int Energy, int Price, int Minutes);

    /// <summary>What a community goes by, and what people do in it.</summary>
    internal sealed record Story(Choice Choice, Step[] Steps)
    {
        /// <summary>Has it happen.</summary>
        public TestCommunity Run() => AnyCommunity.Run(Choice, Steps);
    }
}
