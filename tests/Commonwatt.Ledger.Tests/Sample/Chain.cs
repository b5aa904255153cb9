namespace Commonwatt.Ledger.Tests.Sample;

/// <summary>Executes blocks one on the other, without a node: the rules alone.</summary>
internal sealed class Chain
{
    private readonly Dictionary<Address, ulong> numbers = [];
    private readonly BlockExecutor executor;
    private readonly LedgerState state;

    public Chain(LedgerGenesis genesis, ContractCatalog? catalog = null)
    {
        Genesis = genesis;
        state = new LedgerState();
        executor = new BlockExecutor(genesis, catalog ?? SampleLedger.Catalog(), state);
        Last = executor.ExecuteGenesis();
        Tip = HeaderRule.HeaderOf(genesis, parent: null, Last, [], genesis.Id, OrderPlace.Start);
    }

    public LedgerGenesis Genesis { get; }

    public BlockExecutor Executor => executor;

    /// <summary>What the newest block gave.</summary>
    public ExecutedBlock Last { get; private set; }

    /// <summary>The newest header.</summary>
    public BlockHeader Tip { get; private set; }

    /// <summary>The state after the newest block.</summary>
    public StateView State => new(Last.State);

    /// <summary>Executes a block of the sample's validator, a second after the last one.</summary>
    public IReadOnlyList<Receipt> Add(params SignedTransaction[] transactions) =>
        Add(SampleLedger.Proposer, Last.Time + TimeSpan.FromSeconds(1), transactions);

    /// <summary>Executes a block that a validator proposes with its clock.</summary>
    /// <returns>The receipts of the transactions.</returns>
    public IReadOnlyList<Receipt> Add(SigningKey proposer, Instant clock, params SignedTransaction[] transactions)
    {
        SignedBatch batch = Batch(proposer, clock, transactions);
        Assert.True(executor.IsValid(batch, Last.Height + 1));
        return Add(batch);
    }

    public IReadOnlyList<Receipt> Add(SignedBatch batch)
    {
        bool[] signed = SignatureChecks.Run(batch.Transactions, threads: 1);
        Last = executor.Execute(batch, Last.Height + 1, Last.Time, signed);
        Tip = HeaderRule.HeaderOf(Genesis, Tip, Last, batch.Transactions, batch.Digest, new OrderPlace(0, Last.Height));
        return [.. Last.Receipts.Skip(Last.ScheduledCount)];
    }

    public SignedBatch Batch(SigningKey proposer, Instant clock, params SignedTransaction[] transactions)
    {
        ulong number = numbers.GetValueOrDefault(proposer.Address) + 1;
        numbers[proposer.Address] = number;
        return SignedBatch.Sign(Genesis.Id, number, clock, transactions, proposer);
    }
}
