using Commonwatt.Ledger.Tests.Sample;
using Commonwatt.Ledger.Tests.Validation.CatchingUp;

namespace Commonwatt.Ledger.Tests.Validation;

/// <summary>Whatever becomes of the order of batches, a validator keeps to what it signed.</summary>
public class LostOrderTests
{
    [Fact]
    public void What_a_validator_signed_becomes_final_though_the_order_lost_it()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        rig.Stop(2);
        rig.Stop(3);
        SignedTransaction payment = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.Transfer(SampleLedger.Bob, 5));
        rig.Nodes[0]!.Submit(payment);
        rig.Run();
        Assert.DoesNotContain(rig.Told[0], block => block.Transactions.Count > 0);
        rig.Stop(0);
        rig.Stop(1);

        // All brokers lost all they had: a second order begins, and two who had seen nothing get what the others signed.
        VotedBlock[] carried = [.. VotedBlocks(rig.Disks[0])];
        var second = new SharedOrderer(new SecondOrder());
        for (int number = 0; number < 4; number++)
        {
            rig.Start(number, change: settings => settings with { Orderer = second.Join(), Carried = number > 1 ? carried : [] });
        }

        rig.Run(rounds: 20);
        Assert.Contains(rig.Told[3], block => block.Transactions.Any(one => one.Id == payment.Id) && block.Header.Place.Order == 0);
        SignedTransaction next = SampleLedger.Builder(rig.Genesis, SampleLedger.Bob).Build(rig.Clock.Now, SampleLedger.Transfer(SampleLedger.Alice, 1));
        Assert.True(rig.Nodes[2]!.Submit(next).IsDone);
        rig.Run(rounds: 20);
        Assert.Contains(rig.Told[1], block => block.Transactions.Any(one => one.Id == next.Id) && block.Header.Place.Order == 1);
        Assert.All(rig.Nodes, node => Assert.Equal(rig.Nodes[0]!.Tip, node!.Tip));
        Assert.Equal(1, rig.Told[1].SelectMany(block => block.Transactions).Count(one => one.Id == payment.Id));
        Assert.True(LedgerVerifier.Verify(rig.Disks[3], NodeRig.FileName, SampleLedger.Catalog()).IsRight);
    }

    [Fact]
    public void A_validator_signs_no_second_header_for_a_height_in_a_second_order_either()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        rig.Stop(1);
        rig.Stop(2);
        rig.Stop(3);
        rig.Nodes[0]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("signed by one")));
        rig.Run();
        rig.Stop(0);
        var second = new SharedOrderer(new SecondOrder());
        for (int number = 1; number < 4; number++)
        {
            rig.Start(number, change: settings => settings with { Orderer = second.Join() });
        }

        rig.Nodes[1]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Bob).Build(rig.Clock.Now, SampleLedger.TakeNote("signed by three")));
        rig.Run();
        Assert.Equal("signed by three", SampleLedger.Token.NoteOf(new StateView(rig.Told[1][^1].Executed.State), SampleLedger.Bob.Address));
        rig.Start(0, change: settings => settings with { Orderer = second.Join() });
        Assert.Throws<BrokenInvariantException>(() => rig.Run());
        Assert.DoesNotContain(rig.Notices, notice => notice.Evidence is not null);
    }

    [Fact]
    public void A_validator_that_is_enough_alone_contradicts_no_earlier_vote_either()
    {
        using var rig = new FederationRig(5);
        rig.Run();
        Array.ForEach([1, 2, 3, 4], rig.Stop);
        IVoteChannel listener = rig.Channel.Join();
        TransactionBuilder alice = SampleLedger.Builder(rig.Genesis, SampleLedger.Alice);
        for (int block = 0; block < 3; block++)
        {
            rig.Nodes[0]!.Submit(alice.Build(rig.Clock.Now, SampleLedger.TakeNote($"first {block}")));
            rig.Run();
        }

        Vote third = rig.Votes(listener).First(vote => vote.Header.Height == 3);
        rig.Stop(0);

        // The others read another order, in which the lone reader gets all the power.
        var second = new SharedOrderer(new MemoryOrderer());
        Array.ForEach([1, 2, 3, 4], number => rig.Start(number, change: settings => settings with { Orderer = second.Join() }));
        TransactionBuilder bob = SampleLedger.Builder(rig.Genesis, SampleLedger.Bob);
        foreach (Call call in (Call[])[SampleLedger.SetValidators(rig.Keys[0]), SampleLedger.TakeNote("one"), SampleLedger.TakeNote("two")])
        {
            rig.Nodes[1]!.Submit(bob.Build(rig.Clock.Now, call));
            rig.Run();
        }

        Array.ForEach([1, 2, 3, 4], rig.Stop);
        BlockImport.CatchUp(rig.SettingsOf(0), new DiskSource(rig.Disks[1]));
        rig.Start(1, change: settings => settings with { Orderer = second.Join() });
        rig.Start(0, change: settings => settings with { Orderer = second.Join() });
        rig.Run(rounds: 20);
        Assert.DoesNotContain(rig.Votes(listener), vote => vote.Validator == rig.Keys[0].Address && vote.Header.Height == 3 && vote.HeaderHash != third.HeaderHash);
        Assert.DoesNotContain(rig.Told[0], block => block.Header.Height == 3);
    }

    [Fact]
    public void Carried_blocks_with_a_made_up_place_or_a_strangers_vote_are_not_signed()
    {
        using var rig = new FederationRig(4);
        rig.Run();
        Array.ForEach([1, 2, 3], rig.Stop);
        rig.Nodes[0]!.Submit(SampleLedger.Builder(rig.Genesis, SampleLedger.Alice).Build(rig.Clock.Now, SampleLedger.TakeNote("signed by one")));
        rig.Run();
        rig.Stop(0);
        VotedBlock right = VotedBlocks(rig.Disks[0]).First();
        BlockHeader elsewhere = right.Header with { Place = new OrderPlace(uint.MaxValue, 1) };
        foreach (VotedBlock wrong in (VotedBlock[])[right with { Vote = Vote.Sign(elsewhere, rig.Keys[0]) }, right with { Vote = Vote.Sign(right.Header, SampleLedger.Stranger) }])
        {
            LedgerNode node = rig.Start(1, change: settings => settings with { Orderer = new SecondOrder(), Carried = [wrong] });
            Assert.Equal(0ul, node.Height);
            rig.Stop(1);
        }

        Assert.Equal(1ul, rig.Start(1, change: settings => settings with { Orderer = new SecondOrder(), Carried = [right] }).Height);
    }

    private static IEnumerable<VotedBlock> VotedBlocks(SimulatedDisk disk)
    {
        using var file = VoteFile.Open(disk, reserve: 1000);
        for (ulong height = 1; file.BlockAt(height) is { } voted; height++)
        {
            yield return voted;
        }
    }

    private sealed class SecondOrder : IOrderer
    {
        private readonly MemoryOrderer orderer = new();

        public uint Order => 1;

        public void Publish(SignedBatch batch) => orderer.Publish(batch);

        public ReadOnlyMemory<byte>? Read(ulong position) => orderer.Read(position);

        public void Release(ulong position) => orderer.Release(position);
    }
}
