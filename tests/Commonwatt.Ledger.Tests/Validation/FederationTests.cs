using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Validation;

public class FederationTests
{
    [Fact]
    public void Four_validators_make_the_same_blocks_final_with_the_signatures_of_three()
    {
        using var rig = new FederationRig(4);
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        foreach (LedgerNode? node in rig.Nodes)
        {
            Assert.True(node!.Submit(alice.Build(rig.Clock.Now, SampleLedger.Transfer(SampleLedger.Bob, 1))).IsDone);
            rig.Run();
        }

        Assert.All(rig.Nodes, node => Assert.Equal(rig.Nodes[0]!.Tip, node!.Tip));
        Assert.All(rig.Told, told => Assert.Equal(rig.Told[0].Select(block => block.Header), told.Select(block => block.Header)));
        Assert.True(rig.Nodes[0]!.FinalHeight >= 4);
        Assert.Equal(1004, SampleLedger.Token.BalanceOf(new StateView(rig.Nodes[3]!.State), SampleLedger.Bob.Address).Units);
        VerificationReport report = LedgerVerifier.Verify(rig.Disks[2], NodeRig.FileName, SampleLedger.Catalog());
        Assert.True(report.IsRight, report.Fault);
        Assert.Empty(rig.Notices);
    }

    [Fact]
    public void One_of_four_may_be_down_and_two_may_not()
    {
        using var rig = new FederationRig(4, down: 3);
        rig.Run();
        Assert.Equal(0ul, rig.Nodes[0]!.FinalHeight);
        rig.Stop(2);
        SignedTransaction payment = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.Transfer(SampleLedger.Bob, 5));
        rig.Nodes[0]!.Submit(payment);
        rig.Run(rounds: 20);
        Assert.True(rig.Nodes[0]!.Height >= 1);
        Assert.Equal(0ul, rig.Nodes[0]!.FinalHeight);
        Assert.DoesNotContain(rig.Told[0], block => block.Header.Height == 1);

        rig.Start(2);
        rig.Run(rounds: 20);
        Assert.Contains(rig.Told[0], block => block.Transactions.Any(one => one.Id == payment.Id));
        Assert.Equal(rig.Nodes[0]!.FinalHeight, rig.Nodes[2]!.FinalHeight);
    }

    [Fact]
    public void A_node_that_was_away_gets_the_certificates_it_missed()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        rig.Stop(3);
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        for (int block = 0; block < 150; block++)
        {
            rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"note {block}")));
            rig.Run(rounds: 2);
        }

        rig.Start(3);
        rig.Run(rounds: 20);
        Assert.True(rig.Nodes[0]!.FinalHeight >= 150);
        Assert.Equal(rig.Nodes[0]!.Tip, rig.Nodes[3]!.Tip);
    }

    [Fact]
    public void Memory_is_bounded_where_nothing_becomes_final()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        rig.Stop(2);
        rig.Stop(3);
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        for (int block = 0; block < 100; block++)
        {
            rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"note {block}")));
            rig.Run(rounds: 1);
        }

        Assert.InRange(rig.Nodes[0]!.Height, 1ul, 64ul);
        rig.Start(2);
        rig.Start(3);
        rig.Run(rounds: 30);
        Assert.Equal("note 99", SampleLedger.Token.NoteOf(new StateView(rig.Nodes[3]!.State), SampleLedger.Alice.Address));
        Assert.Equal(rig.Nodes[0]!.Height, rig.Nodes[3]!.FinalHeight);
    }

    [Fact]
    public void A_follower_has_every_block_and_signs_and_takes_nothing()
    {
        using var rig = new FederationRig(4, down: 3);
        rig.Start(3, isFollower: true);
        SignedTransaction payment = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.Transfer(SampleLedger.Bob, 5));
        Assert.Equal("not-validator", rig.Nodes[3]!.Submit(payment).Code);
        Assert.True(rig.Nodes[0]!.Submit(payment).IsDone);
        rig.Run(rounds: 20);
        Assert.Equal(rig.Nodes[0]!.Tip, rig.Nodes[3]!.Tip);
        Assert.True(rig.Nodes[3]!.FinalHeight > 0);
        Assert.False(VoteFile.Exists(rig.Disks[3]));
    }

    [Fact]
    public void Validators_change_two_blocks_later_and_the_ledger_goes_on_with_the_new_ones()
    {
        using var rig = new FederationRig(5);
        rig.Run();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.SetValidators(rig.Keys[1], rig.Keys[2], rig.Keys[3], rig.Keys[4])));
        for (int block = 0; block < 4; block++)
        {
            rig.Nodes[1]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"note {block}")));
            rig.Run();
        }

        Assert.All(rig.Nodes, node => Assert.Equal(rig.Nodes[1]!.Tip, node!.Tip));
        Assert.Equal(4, rig.Told[1][^1].Executed.Validators.Members.Count);
        Assert.Equal("not-validator", rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote("x"))).Code);
        Assert.True(LedgerVerifier.Verify(rig.Disks[0], NodeRig.FileName, SampleLedger.Catalog()).IsRight);
    }

    [Fact]
    public void Who_signs_two_headers_is_caught_with_evidence()
    {
        using var rig = new FederationRig(4, down: 3);
        rig.Run();
        SigningKey liar = rig.Keys[3];
        BlockHeader header = rig.Nodes[0]!.Tip;
        IVoteChannel voice = rig.Channel.Join();
        voice.Send(new FinalityMessage(Vote.Sign(header, liar)).ToArray(rig.Genesis.Id));
        voice.Send(new FinalityMessage(Vote.Sign(header with { StateRoot = Hash.Zero }, liar)).ToArray(rig.Genesis.Id));
        rig.Run();
        Equivocation[] evidence = [.. rig.Notices.Select(notice => notice.Evidence).OfType<Equivocation>()];
        Assert.Equal(3, evidence.Length);
        Assert.All(evidence, one => Assert.Null(one.FindFault(rig.Genesis.Id, liar.PublicKey)));
    }

    [Fact]
    public void Another_header_than_one_s_own_is_reported_with_both()
    {
        using var rig = new FederationRig(4, down: 3);
        rig.Run();
        rig.Stop(2);
        rig.Nodes[0]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("x")));
        rig.Run();
        BlockHeader other = rig.Nodes[0]!.Tip with { Height = 1, Place = new OrderPlace(0, 1) };
        rig.Channel.Join().Send(new FinalityMessage(Vote.Sign(other, rig.Keys[3])).ToArray(rig.Genesis.Id));
        rig.Run();
        FinalityNotice notice = rig.Notices.First();
        Assert.Equal(other, notice.Other!.Header);
        Assert.Equal(1ul, notice.Own!.Height);
        Assert.Contains("another header for block 1", notice.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_computed_another_block_than_is_certified_stops_and_says_so()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        for (int number = 1; number < 4; number++)
        {
            rig.Stop(number);
        }

        rig.Nodes[0]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("x")));
        rig.Run();
        BlockHeader other = rig.Nodes[0]!.Tip with { Height = 1, ParentHash = rig.Nodes[0]!.Tip.HeaderHash(), Place = new OrderPlace(0, 1) };
        IVoteChannel voice = rig.Channel.Join();
        for (int number = 1; number < 4; number++)
        {
            voice.Send(new FinalityMessage(Vote.Sign(other, rig.Keys[number])).ToArray(rig.Genesis.Id));
        }

        BrokenInvariantException stopped = Assert.Throws<BrokenInvariantException>(() => rig.Run());
        Assert.Contains("signed another header for block 1", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Told[0], block => block.Header.Height == 1);
    }

    [Fact]
    public void A_validator_without_its_file_of_votes_does_not_start()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        rig.Stop(1);
        rig.Disks[1].Delete(VoteFile.Name);
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => rig.Start(1));
        Assert.Contains("votes.log is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forged_votes_and_certificates_make_nothing_final()
    {
        using var rig = new FederationRig(4, down: [1, 2, 3]);
        rig.Run();
        IVoteChannel voice = rig.Channel.Join();
        BlockHeader header = HeaderRule.HeaderOf(rig.Genesis, null, new BlockExecutor(rig.Genesis, SampleLedger.Catalog(), new LedgerState()).ExecuteGenesis(), [], rig.Genesis.Id, OrderPlace.Start);
        byte[] own = rig.Keys[1].Sign(header.SigningDigest());
        foreach (SigningKey victim in rig.Keys)
        {
            byte[] vote = Vote.Sign(header, victim).ToArray();
            own.CopyTo(vote.AsSpan(vote.Length - 64));
            voice.Send(new FinalityMessage(Vote.Decode(vote)).ToArray(rig.Genesis.Id));
            voice.Send(new FinalityMessage(Vote.Sign(header, rig.Keys[1])).ToArray(rig.Genesis.Id));
        }

        voice.Send(new FinalityMessage(Certified: new CertifiedHeader(header, BlockCertificate.Of(Enumerable.Repeat((rig.Keys[1].Address, own), 4)))).ToArray(rig.Genesis.Id));
        voice.Send(new FinalityMessage(Certified: new CertifiedHeader(header, BlockCertificate.Of(rig.Keys.Select(key => (key.Address, own))))).ToArray(rig.Genesis.Id));
        voice.Send("no message"u8.ToArray());
        rig.Run();
        Assert.Null(rig.Nodes[0]!.FinalHeight);
        voice.Send(new FinalityMessage(Vote.Sign(header, rig.Keys[2])).ToArray(rig.Genesis.Id));
        rig.Run();
        Assert.Equal(0ul, rig.Nodes[0]!.FinalHeight);
    }

    [Fact]
    public void A_vote_for_the_last_of_all_heights_harms_nobody()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        IVoteChannel voice = rig.Channel.Join();
        foreach (SigningKey key in (SigningKey[])[SampleLedger.Stranger, rig.Keys[3]])
        {
            BlockHeader last = rig.Nodes[0]!.Tip with { Height = ulong.MaxValue };
            voice.Send(new FinalityMessage(Vote.Sign(last, key)).ToArray(rig.Genesis.Id));
            voice.Send(new FinalityMessage(Certified: new CertifiedHeader(last, BlockCertificate.Of([(key.Address, key.Sign(last.SigningDigest()))]))).ToArray(rig.Genesis.Id));
        }

        voice.Send(new FinalityMessage(RequestFrom: ulong.MaxValue).ToArray(rig.Genesis.Id));
        rig.Nodes[0]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("goes on")));
        rig.Run();
        Assert.True(rig.Nodes[0]!.FinalHeight > 0);
    }

    [Fact]
    public void Whoever_asks_for_certificates_all_the_time_gets_each_once_in_a_while()
    {
        using var rig = new FederationRig(4);
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        for (int block = 0; block < 70; block++)
        {
            rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"note {block}")));
            rig.Run(rounds: 2);
        }

        Array.ForEach([1, 2, 3], rig.Stop);
        IVoteChannel listener = rig.Channel.Join();
        for (ulong request = 0; request < 100; request++)
        {
            listener.Send(new FinalityMessage(RequestFrom: request % 50).ToArray(rig.Genesis.Id));
        }

        _ = FederationRig.Messages(listener).Count();
        rig.Nodes[0]!.Advance();
        int answers = FederationRig.Messages(listener).Count(bytes => FinalityMessage.Decode(bytes.Span, rig.Genesis.Id)?.Certified is not null);
        Assert.InRange(answers, 60, 120);
    }
}
