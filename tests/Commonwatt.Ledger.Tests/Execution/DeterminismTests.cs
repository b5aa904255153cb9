using Commonwatt.Ledger.Tests.Sample;
using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Execution;

public class DeterminismTests
{
    [Fact]
    public void The_same_batches_give_the_same_headers_from_the_genesis_and_from_any_snapshot()
    {
        LedgerGenesis genesis = Genesis();
        List<SignedBatch> batches = Batches(genesis);
        var first = new Chain(genesis);
        var disk = new SimulatedDisk();
        var headers = new List<BlockHeader>();
        foreach (SignedBatch batch in batches)
        {
            first.Add(batch);
            headers.Add(first.Tip);
            Snapshot.Save(disk, first.Tip, first.Last.State);
            (BlockHeader header, LedgerState state) = Snapshot.LoadNewest(disk, (found, _) => found == first.Tip)!.Value;
            Assert.Equal(header.StateRoot, state.Freeze().RootHash());
            CheckFrom(genesis, batches, header, state);
        }

        var second = new Chain(genesis);
        Assert.Equal(headers, batches.Select(batch =>
        {
            second.Add(batch);
            return second.Tip;
        }));
    }

    // Each next block on the snapshot alone must be what it is on the whole chain.
    private static void CheckFrom(LedgerGenesis genesis, List<SignedBatch> batches, BlockHeader from, LedgerState state)
    {
        if ((int)from.Height == batches.Count)
        {
            return;
        }

        SignedBatch next = batches[(int)from.Height];
        var whole = new Chain(genesis);
        batches.Take((int)from.Height + 1).ToList().ForEach(batch => whole.Add(batch));
        ExecutedBlock executed = new BlockExecutor(genesis, Catalog(), state)
            .Execute(next, from.Height + 1, from.Time, SignatureChecks.Run(next.Transactions, threads: 2));
        Assert.Equal(whole.Tip, HeaderRule.HeaderOf(genesis, from, executed, next.Transactions, next.Digest, whole.Tip.Place));
    }

    private static List<SignedBatch> Batches(LedgerGenesis genesis)
    {
        var random = new Random(11);
        var chain = new Chain(genesis);
        TransactionBuilder[] members = [Builder(genesis, Alice), Builder(genesis, Bob), Builder(genesis, Stranger)];
        Instant clock = Start;
        return [.. Enumerable.Range(0, 12).Select(_ =>
        {
            clock += TimeSpan.FromSeconds(random.Next(20));
            return chain.Batch(Proposer, clock, [.. Enumerable.Range(0, random.Next(20)).Select(_ => members[random.Next(3)].Build(clock, Call(random, clock)))]);
        })];
    }

    private static Call Call(Random random, Instant clock) => random.Next(5) switch
    {
        0 => TakeNote($"{random.Next()}"),
        1 => Remind(clock + TimeSpan.FromSeconds(random.Next(30)), $"{random.Next()}"),
        2 => Words("token", "throw", "x"),
        _ => Transfer(random.Next(2) == 0 ? Alice : Bob, random.Next(900)),
    };
}
