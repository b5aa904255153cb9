using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;

namespace Commonwatt.Contracts.Tests.Governance;

public sealed class EvidenceTests
{
    private static readonly string[] Validators = ["validator", "second", "third", "fourth"];

    [Fact]
    public void A_validator_that_signed_two_blocks_of_a_height_loses_its_power_two_blocks_later_and_the_event_says_so()
    {
        var council = new Council(Validators);
        Equivocation evidence = council.Equivocation("second", height: 7);
        ValidatorStruck struck = council.Reports("manager", evidence).Accepted().The<ValidatorStruck>();
        Assert.Equal(new ValidatorStruck(council.AddressOf("second"), 7, evidence.First.HeaderHash, evidence.Second.HeaderHash), struck);
        Assert.Equal(4, SystemTables.ValidatorsAt(council.State, council.Height + 1).Members.Count);
        Assert.Equal(
            new[] { "validator", "third", "fourth" }.Select(council.AddressOf).Order(),
            SystemTables.ValidatorsAt(council.State, council.Height + 2).Members.Select(member => member.Address));
        Assert.True(council.Rules.Governance.IsStruck(council.State, council.AddressOf("second")));
        council.ReplaysAlike();
    }

    [Fact]
    public void A_struck_validator_is_reported_once_and_never_named_again()
    {
        var council = new Council(Validators);
        council.Reports("manager", council.Equivocation("second")).Accepted();
        council.Reports("manager", council.Equivocation("second", height: 9))
            .Refused("already-struck", $"The validator {council.AddressOf("second")} was struck for such evidence before.");
        council.SetsValidators(("validator", 1), ("second", 1))
            .Refused("struck-validator", $"The validator {council.AddressOf("second")} signed two blocks of one height: its key votes nevermore. Choose a new key.");
        council.SetsValidators(("validator", 1), ("fifth", 1)).Accepted();
        Assert.Equal(0UL, council.PowerOf("second"));
    }

    [Fact]
    public void Two_strikes_in_one_block_both_hold()
    {
        var council = new Council(Validators);
        IReadOnlyList<Reply> replies = council.Block(
            council.Signed("manager", "governance", "report-equivocation", Council.Report(council.Equivocation("second").ToArray())),
            council.Signed("validator", "governance", "report-equivocation", Council.Report(council.Equivocation("third").ToArray())));
        Assert.All(replies, reply => reply.Accepted());
        Assert.Equal(new[] { "validator", "fourth" }.Select(council.AddressOf).Order(), council.Newest.Members.Select(member => member.Address));
    }

    [Fact]
    public void A_strike_keeps_what_was_announced_just_before_and_one_in_the_next_block_keeps_that()
    {
        var council = new Council(Validators);
        council.SetsValidators(("validator", 5), ("second", 4), ("third", 3), ("fifth", 2)).Accepted();
        council.Reports("manager", council.Equivocation("second")).Accepted();
        council.Reports("manager", council.Equivocation("third")).Accepted();
        Assert.Equal((5UL, 0UL, 0UL, 2UL), (council.PowerOf("validator"), council.PowerOf("second"), council.PowerOf("third"), council.PowerOf("fifth")));
        council.Block();
        council.Block();
        Assert.Equal(7UL, SystemTables.ValidatorsAt(council.State, council.Height).TotalPower);
    }

    [Fact]
    public void One_who_votes_for_the_last_time_and_one_who_is_only_announced_are_struck_too()
    {
        var council = new Council(Validators);
        council.SetsValidators(("validator", 1), ("fifth", 1)).Accepted();
        council.Reports("manager", council.Equivocation("second")).Accepted();
        council.Reports("manager", council.Equivocation("fifth")).Accepted();
        Assert.Equal(council.AddressOf("validator"), Assert.Single(council.Newest.Members).Address);
        council.Block();
        council.Block();
        council.Reports("manager", council.Equivocation("third"))
            .Refused("no-such-validator", $"{council.AddressOf("third")} is no validator now, nor announced as one: it has no power to lose.");
    }

    [Fact]
    public void The_only_validator_stays_until_there_is_another()
    {
        var council = new Council("validator");
        council.Reports("manager", council.Equivocation("validator"))
            .Refused("last-validator", $"{council.AddressOf("validator")} is the only validator, and a ledger without one ends: name another, then report it again.");
        Assert.False(council.Rules.Governance.IsStruck(council.State, council.AddressOf("validator")));
        council.SetsValidators(("validator", 1), ("second", 1)).Accepted();
        council.Reports("manager", council.Equivocation("validator")).Accepted();
        Assert.Equal(council.AddressOf("second"), Assert.Single(council.Newest.Members).Address);
    }

    [Fact]
    public void Bytes_that_are_no_evidence_are_refused()
    {
        var council = new Council(Validators);
        byte[] right = council.Equivocation("second").ToArray();
        byte[] otherHeights = Bytes(council.Vote("second", 7, stateRoot: 1), council.Vote("second", 8, stateRoot: 2));
        byte[] ofTwo = Bytes(council.Vote("second", 7, stateRoot: 1), council.Vote("third", 7, stateRoot: 2));
        byte[] twice = Bytes(council.Vote("second", 7), council.Vote("second", 7));
        Equivocation evidence = council.Equivocation("second");
        byte[] wrongWayRound = new Ledger.Wire.Finality.Equivocation { First = evidence.Second.Message(), Second = evidence.First.Message() }.Encoded();
        foreach (byte[] wrong in (byte[][])[[], right[..^1], [.. right, 0], otherHeights, ofTwo, twice, wrongWayRound])
        {
            council.Calls("manager", "governance", "report-equivocation", Council.Report(wrong)).Refused(
                "wrong-evidence",
                "These bytes are no evidence: it takes two votes of one validator for two headers of one ledger and height, the header with the lesser hash first.");
        }

        Assert.Equal(1UL, council.PowerOf("second"));
    }

    [Fact]
    public void A_forged_vote_convicts_nobody()
    {
        var council = new Council(Validators);
        Equivocation evidence = council.Equivocation("second");
        foreach (bool first in (bool[])[true, false])
        {
            var message = new Ledger.Wire.Finality.Equivocation { First = evidence.First.Message(), Second = evidence.Second.Message() };
            Ledger.Wire.Finality.Vote forged = first ? message.First : message.Second;
            forged.Signature = Google.Protobuf.ByteString.CopyFrom(council.Vote("third", 7).Signature);
            council.Calls("third", "governance", "report-equivocation", Council.Report(message.Encoded()))
                .Refused("not-convicting", $"The {(first ? "first" : "second")} vote is not signed by {council.AddressOf("second")}.");
        }

        Assert.Equal(1UL, council.PowerOf("second"));
    }

    [Fact]
    public void Evidence_of_another_ledger_convicts_nobody()
    {
        var council = new Council(Validators);
        Equivocation evidence = council.Equivocation("second", ledgerId: Hash.Of([1]));
        Assert.StartsWith($"The headers are of the ledger {Hash.Of([1])}, not of ", council.Reports("manager", evidence).Outcome.Sentence, StringComparison.Ordinal);
        council.Reports("manager", evidence).Refused("not-convicting");
    }

    [Fact]
    public void A_validator_that_is_nobody_else_to_the_community_may_report_and_do_nothing_more()
    {
        var council = new Council(Validators);
        council.Reports("stranger", council.Equivocation("second")).Refused("unknown-sender");
        council.Reports("third", council.Equivocation("second")).Accepted();
        council.Reports("second", council.Equivocation("third")).Refused("unknown-sender");
        council.Calls("third", "governance", "set-validators", new SetValidators()).Refused("not-manager");
        council.Calls("third", "wallet", "transfer", new Transfer { To = council.BytesOf("manager"), Amount = 1 }).Refused("no-such-member");
        council.Calls("third", "market", "place", new PlaceOrder()).Refused("no-listing");
        council.Calls("third", "market", "correct", new CorrectPeriod()).Refused("not-a-member");
        council.Calls("third", "metering", "submit", new SubmitReadings()).Refused("no-readings");
        council.Calls("third", "staking", "bond", new BondStake()).Refused("staking-off");
    }

    private static byte[] Bytes(Vote one, Vote other)
    {
        bool ordered = one.HeaderHash.CompareTo(other.HeaderHash) <= 0;
        return new Ledger.Wire.Finality.Equivocation { First = (ordered ? one : other).Message(), Second = (ordered ? other : one).Message() }.Encoded();
    }
}

/// <summary>The messages of votes, to make wrong ones of.</summary>
internal static class VoteMessages
{
    public static Ledger.Wire.Finality.Vote Message(this Vote vote) => Ledger.Wire.Finality.Vote.Parser.ParseFrom(vote.ToArray());

    public static byte[] Encoded(this Google.Protobuf.IMessage message) => Google.Protobuf.MessageExtensions.ToByteArray(message);
}
