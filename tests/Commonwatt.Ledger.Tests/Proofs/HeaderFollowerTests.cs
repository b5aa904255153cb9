using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Proofs;

public class HeaderFollowerTests
{
    private readonly ChangingValidators ledger = new();

    [Fact]
    public void A_file_leads_from_the_ledgers_id_through_every_change_of_the_validators()
    {
        HeaderFollower followed = ledger.Follow(ledger.File());
        Assert.Null(followed.Fault);
        Assert.Equal((ledger.Tip + 1, 2ul, 0ul), ((ulong)followed.Headers, (ulong)followed.Changes, (ulong)followed.PassedOver));
        Assert.Equal(ledger.Chain.Blocks[^1].Certified.Header, followed.Client!.Newest);
        Assert.Equal(Validators(ChangingValidators.OtherFour).SetHash(), followed.Client.Validators.SetHash());
    }

    [Fact]
    public void Headers_may_be_left_out_and_changes_come_all_the_same()
    {
        (HeaderInterval Interval, ulong[] Heights)[] all =
        [
            (HeaderInterval.OfBlocks(1), [.. Enumerable.Range(0, (int)ledger.Tip + 1).Select(height => (ulong)height)]),
            (HeaderInterval.OfBlocks(3), [0, 3, 4, 6, 9, 10, 12, 13]),
            (HeaderInterval.OfBlocks(1000), [0, 4, 10, ledger.Tip]),
            (HeaderInterval.OfTime(TimeSpan.FromDays(1)), [0, 4, 10, ledger.Tip]),
        ];
        foreach ((HeaderInterval interval, ulong[] heights) in all)
        {
            byte[] file = ledger.File(interval);
            Assert.Equal(heights, Steps(file).Select(step => step.Block.Header.Height));
            Assert.Equal([4ul, 10ul], Steps(file).OfType<FollowStep.Change>().Select(step => step.Block.Header.Height));
            HeaderFollower followed = ledger.Follow(file);
            Assert.Null(followed.Fault);
            Assert.Equal((heights.Length, ledger.Tip), (followed.Headers, followed.Client!.Newest!.Height));
        }
    }

    [Fact]
    public void With_an_hour_the_first_header_of_each_hour_that_has_one_is_told()
    {
        BlockHeader first = ledger.Chain.Blocks[0].Certified.Header;
        HeaderInterval hourly = HeaderInterval.OfTime(TimeSpan.FromHours(1));
        BlockHeader? told = null;
        var minutes = new List<int>();
        foreach (int minute in new[] { 0, 15, 59, 60, 61, 119, 240, 241, 300 })
        {
            BlockHeader header = first with { Time = Start + TimeSpan.FromMinutes(minute), Height = first.Height + (ulong)minutes.Count };
            if (hourly.Takes(header, told))
            {
                told = header;
                minutes.Add(minute);
            }
        }

        Assert.Equal([0, 60, 240, 300], minutes);
        Assert.Throws<ArgumentOutOfRangeException>(() => HeaderInterval.OfBlocks(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeaderInterval.OfTime(TimeSpan.FromMicroseconds(1)));
    }

    [Fact]
    public void Trust_may_start_at_any_height_with_the_validators_of_that_height()
    {
        byte[] file = ledger.File();
        foreach (VerifiedBlock block in ledger.Chain.Blocks)
        {
            HeaderFollower followed = ledger.Follow(file, block.Executed.Validators, block.Executed.Height);
            Assert.Null(followed.Fault);
            Assert.Equal(ledger.Tip, followed.Client!.Newest!.Height);
            Assert.Equal((block.Executed.Height, ledger.Tip + 1), ((ulong)followed.PassedOver, (ulong)(followed.PassedOver + followed.Headers)));
        }
    }

    [Fact]
    public void What_is_passed_over_may_stand_anywhere_and_a_wrong_step_after_it_is_named()
    {
        FollowStep[] steps = [ledger.Header(6), ledger.Header(2), ledger.Header(7), ledger.Change(3, from: 5), ledger.Header(8), ledger.Header(8), ledger.Header(9)];
        HeaderFollower followed = ledger.Follow(ledger.File(steps), Validators(ChangingValidators.Five), height: 6);
        Assert.StartsWith("At step 5, counted from 0:", followed.Fault, StringComparison.Ordinal);
        Assert.Equal((3, 2, 0), (followed.Headers, followed.PassedOver, followed.Changes));
    }

    [Fact]
    public void Validators_of_another_height_stop_it()
    {
        byte[] file = ledger.File();
        Assert.Contains("At step 0, counted from 0: The validators at height 0", ledger.Follow(file, Validators(ChangingValidators.Five), height: null).Fault, StringComparison.Ordinal);
        Assert.Contains("At step 11, counted from 0: The validators at height 11", ledger.Follow(file, Validators(ChangingValidators.Five), height: 11).Fault, StringComparison.Ordinal);
        Assert.Contains("no header of height 14", ledger.Follow(file, Validators(ChangingValidators.OtherFour), height: ledger.Tip + 1).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_is_left_out_stops_it_at_its_height_with_all_before_it_taken()
    {
        HeaderFollower followed = ledger.Follow(ledger.File(Enumerable.Range(0, 8).Select(height => ledger.Header((ulong)height))));
        Assert.StartsWith("At step 5, counted from 0: The validators at height 5", followed.Fault, StringComparison.Ordinal);
        Assert.Equal((5, 0, 4ul), (followed.Headers, followed.Changes, followed.Client!.Newest!.Height));
        Assert.Equal(ledger.Chain.Validators.SetHash(), followed.Client.Validators.SetHash());
    }

    [Fact]
    public void A_change_may_be_shown_by_the_header_that_made_it_and_by_no_other()
    {
        Assert.Null(ledger.Follow(ledger.File(ledger.Change(3, from: 5), ledger.Header(7), ledger.Change(10, from: 11), ledger.Header(13))).Fault);
        Assert.Contains("At step 0, counted from 0: The proof shows no validators", ledger.Follow(ledger.File(ledger.Change(2, from: 5))).Fault, StringComparison.Ordinal);
        Assert.Contains("At step 1, counted from 0: The validators at height 5", ledger.Follow(ledger.File(ledger.Header(4), ledger.Change(5, from: 5))).Fault, StringComparison.Ordinal);
        Assert.Contains("At step 1, counted from 0: The proof shows no validators", ledger.Follow(ledger.File(ledger.Change(3, from: 5), ledger.Change(6, from: 5))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_header_or_change_in_the_midst_is_named_and_all_before_it_taken()
    {
        CertifiedChain chain = ledger.Chain;
        BlockHeader six = chain.Blocks[6].Certified.Header;
        StateProof change = ((FollowStep.Change)ledger.Change(4, from: 5)).Proof;
        (ulong Before, string Says, FollowStep Step)[] forged =
        [
            (6, "two thirds", new FollowStep.Next(chain.Sign(six, Validators(ChangingValidators.Five), 3))),
            (6, "no validator", new FollowStep.Next(chain.Sign(six, chain.Validators, 4))),
            (6, "those trusted", new FollowStep.Next(chain.Sign(six with { ValidatorsHash = chain.Validators.SetHash() }, chain.Validators, 4))),
            (6, "not valid", new FollowStep.Next(chain.Blocks[6].Certified with { Header = six with { StateRoot = Hash.Zero } })),
            (6, "an old one", ledger.Header(5)),
            (4, "path", new FollowStep.Change(change with { Map = change.Map with { Value = CanonicalWriter.Encode(Validators(Stranger)) } })),
            (4, "two thirds", new FollowStep.Change(change with { Block = chain.Sign(change.Block.Header, chain.Validators, 2) })),
        ];
        foreach ((ulong before, string says, FollowStep step) in forged)
        {
            IEnumerable<FollowStep> steps = Enumerable.Range(0, (int)before).Select(height => height == 4 ? ledger.Change(4, from: 5) : ledger.Header((ulong)height));
            HeaderFollower followed = ledger.Follow(ledger.File([.. steps, step, .. Steps(ledger.File()).Skip((int)before)]));
            Assert.StartsWith($"At step {before}, counted from 0:", followed.Fault, StringComparison.Ordinal);
            Assert.Contains(says, followed.Fault, StringComparison.Ordinal);
            Assert.InRange(followed.Client!.Newest!.Height, before - 1, before);
        }
    }

    [Fact]
    public void More_headers_than_are_checked_at_once_are_followed_and_a_wrong_one_is_named()
    {
        var header = ledger.Chain.Blocks[0].Certified.Header;
        CertifiedHeader[] many = [.. Enumerable.Range(0, 5000).Select(height => ledger.Chain.Sign(header with { Height = (ulong)height * 2 }, ledger.Chain.Validators, 3))];
        HeaderFollower followed = ledger.Follow(ledger.File(many.Select(one => new FollowStep.Next(one))));
        Assert.Null(followed.Fault);
        Assert.Equal((5000, 9998ul), (followed.Headers, followed.Client!.Newest!.Height));
        foreach (int wrong in new[] { 0, 2047, 2048, 4096, 4999 })
        {
            FollowStep[] steps = [.. many.Select((one, place) => new FollowStep.Next(place == wrong ? many[(place + 1) % many.Length] with { Header = one.Header } : one))];
            followed = ledger.Follow(ledger.File(steps));
            Assert.StartsWith($"At step {wrong}, counted from 0: The signature", followed.Fault, StringComparison.Ordinal);
            Assert.Equal(wrong, followed.Headers);
        }
    }

    [Fact]
    public void The_ledger_is_the_one_that_is_meant()
    {
        var other = new CertifiedChain([.. CertifiedChain.FourValidators, Stranger]);
        using var stream = new MemoryStream(ledger.File());
        HeaderFollower followed = HeaderFollower.Follow(stream, other.Genesis.Id, threads: 1);
        Assert.Contains($"of the ledger {ledger.LedgerId}, not of {other.Genesis.Id}", followed.Fault, StringComparison.Ordinal);
        Assert.Null(followed.Client);
        stream.Position = 0;
        Assert.Contains("of the ledger", HeaderFollower.Follow(stream, new TrustedValidators(other.Genesis.Id, ledger.Chain.Validators), threads: 1).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_the_genesis_serves_those_who_trust_validators()
    {
        using var stream = new MemoryStream();
        HeaderFile.Begin(stream, genesis: null);
        HeaderFile.Append(stream, ledger.Header(3));
        Assert.Contains("no genesis", ledger.Follow(stream.ToArray()).Fault, StringComparison.Ordinal);
        Assert.Null(ledger.Follow(stream.ToArray(), ledger.Chain.Validators, height: null).Fault);
    }

    internal static List<FollowStep> Steps(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var reader = new HeaderFileReader(stream);
        reader.ReadGenesis();
        var steps = new List<FollowStep>();
        while (reader.ReadStep() is var (step, _))
        {
            steps.Add(step);
        }

        return steps;
    }
}
