using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Wallet;

public sealed class WalletTests
{
    [Fact]
    public void A_deposit_comes_from_outside_and_a_withdrawal_goes_back()
    {
        using TestCommunity community = TestCommunity.Founded();
        Member anna = community.Joins("anna", deposit: 12.5m);
        Assert.Equal(("12.500000", "-12.500000"), (anna.Balance, community.BalanceOf(CommunityAccounts.Outside).ToDecimal()));
        Reply reply = community.Manager.Calls("wallet", "withdraw", new Withdraw { Member = anna.Bytes, Amount = 2_500_000 });
        Assert.Equal(new Transferred(anna.Address, CommunityAccounts.Outside, new Money(2_500_000)), reply.The<Transferred>());
        Assert.Equal(("10.000000", "-10.000000"), (anna.Balance, community.BalanceOf(CommunityAccounts.Outside).ToDecimal()));
    }

    [Fact]
    public void What_is_set_aside_is_neither_paid_out_nor_transferred()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.At("12:10").Member("ben");
        ben.Bids(20, 4m).Accepted();
        community.Manager.Calls("wallet", "withdraw", new Withdraw { Member = ben.Bytes, Amount = 20_000_001 }).Refused("insufficient-funds");
        ben.Calls("wallet", "transfer", new Transfer { To = community.Member("anna").Bytes, Amount = 20_000_001 }).Refused("insufficient-funds");
        ben.Calls("wallet", "transfer", new Transfer { To = community.Member("anna").Bytes, Amount = 20_000_000 }).Accepted();
        Assert.Equal(("80.000000", "120.000000"), (ben.Balance, community.Member("anna").Balance));
    }

    [Fact]
    public void A_credit_line_lets_orders_but_no_transfer_lead_into_debt()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member erin = community.At("12:10").Joins("erin", deposit: 0);
        erin.Bids(1, 0.2m).Refused("insufficient-funds");
        Reply line = community.Manager.Calls("wallet", "set-credit-line", new SetCreditLine { Member = erin.Bytes, Amount = 250_000 });
        Assert.Equal(new CreditLineSet(erin.Address, new Money(250_000)), line.The<CreditLineSet>());
        erin.Bids(1, 0.2m).Accepted();
        Assert.Equal(new Money(50_000), erin.Account.Available);
        erin.Bids(1, 0.06m, label: 2).Refused("insufficient-funds");
        erin.Calls("wallet", "transfer", new Transfer { To = community.Member("anna").Bytes, Amount = 1 }).Refused("insufficient-funds");
        community.Manager.Calls("wallet", "set-credit-line", new SetCreditLine { Member = erin.Bytes }).Accepted();
        erin.Withdraws().Accepted();
        Assert.Equal(Money.Zero, erin.Account.Locked);
    }

    [Fact]
    public void What_the_grid_operator_earned_is_paid_out_to_him()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        community.At("12:10").Member("anna").Asks(4, 0.08m).Accepted();
        community.Member("ben").Bids(4, 0.16m).Accepted();
        community.At("15:00");
        ByteString dso = ByteString.CopyFrom(CommunityAccounts.Dso.ToArray());
        community.Member("ben").Calls("wallet", "withdraw", new Withdraw { Member = dso, Amount = 1 }).Refused("not-manager");
        community.Manager.Calls("wallet", "withdraw", new Withdraw { Member = dso, Amount = 40_001 }).Refused("insufficient-funds");
        community.Manager.Calls("wallet", "withdraw", new Withdraw { Member = dso, Amount = 40_000 }).Accepted();
        Assert.Equal(Money.Zero, community.BalanceOf(CommunityAccounts.Dso));
    }

    [Fact]
    public void An_account_keeps_room_for_settlements()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.Member("ben");
        var most = new Deposit { Member = ben.Bytes, Amount = 1_000_000_000_000_000 };
        for (int times = 0; times < 999; times++)
        {
            community.Manager.Calls("wallet", "deposit", most).Accepted();
        }

        community.Manager.Calls("wallet", "deposit", most).Refused(
            "wrong-amount", "An account holds at most 1000000000000.000000: 1000000000.000000 more do not fit this one.");
    }

    [Fact]
    public void All_accounts_add_up_to_zero_after_any_calls_refused_ones_included()
    {
        // The community compares its accounts with the events and adds them up after every block.
        Gen<(int Kind, int Who, int Whom, long Amount)> call =
            from kind in Gen.Choose(0, 5)
            from who in Gen.Choose(0, 4)
            from whom in Gen.Choose(0, 4)
            from amount in Gen.OneOf(Gen.Choose(-5, 150_000_000).Select(micros => (long)micros), Gen.Elements(long.MinValue, long.MaxValue, 0, 1_000_000_000_000_000))
            select (kind, who, whom, amount);
        int accepted = 0;
        int refused = 0;
        Prop.ForAll(call.ArrayOf().Resize(40).ToArbitrary(), calls =>
        {
            using TestCommunity community = TestCommunity.Trading();
            community.At("12:10");
            foreach ((int kind, int who, int whom, long amount) in calls)
            {
                bool isDone = Call(community, kind, who, whom, amount).Outcome.IsDone;
                accepted += isDone ? 1 : 0;
                refused += isDone ? 0 : 1;
            }

            community.At("15:00").EveryScheduledCallWasDone();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        Assert.True(accepted > 50 && refused > 50, $"{accepted} calls were accepted and {refused} refused: both must be tried.");
    }

    private static Reply Call(TestCommunity community, int kind, int who, int whom, long amount)
    {
        string[] names = ["anna", "ben", "carl", "dora", "nobody"];
        Member one = community.Member(names[who]);
        Member other = community.Member(names[whom]);
        return kind switch
        {
            0 => community.Manager.Calls("wallet", "deposit", new Deposit { Member = one.Bytes, Amount = amount }),
            1 => community.Manager.Calls("wallet", "withdraw", new Withdraw { Member = one.Bytes, Amount = amount }),
            2 => community.Manager.Calls("wallet", "set-credit-line", new SetCreditLine { Member = one.Bytes, Amount = amount }),
            3 => one.Calls("wallet", "transfer", new Transfer { To = other.Bytes, Amount = amount }),
            4 => one.Bids(2, decimal.Clamp(amount, -1, 90_000_000) / 1_000_000m, label: (uint)whom + 1),
            _ => one.Withdraws((uint)whom + 1),
        };
    }
}
