using System.Globalization;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;

namespace Commonwatt.Ledger.Execution;

/// <summary>Executes blocks one after the other. The same blocks give the same states and receipts on every machine.</summary>
/// <param name="genesis">What the ledger starts with.</param>
/// <param name="catalog">Every version of the rules that this build knows.</param>
/// <param name="state">The state before the first block to be executed; it is changed by every one.</param>
public sealed class BlockExecutor(LedgerGenesis genesis, ContractCatalog catalog, LedgerState state)
{
    private readonly TransactionExecutor transactions = new(genesis, state);

    /// <summary>Executes block 0.</summary>
    /// <exception cref="BrokenInvariantException">A call of the genesis is refused, or breaks an invariant.</exception>
    public ExecutedBlock ExecuteGenesis() => InOneCulture(ExecuteCallsOfGenesis);

    /// <summary>The version of the rules that the next block needs and this build does not have, or null.</summary>
    /// <param name="height">The height of the next block.</param>
    public uint? MissingRules(ulong height)
    {
        uint version = SystemTables.RulesAt(Reader(height, default), height);
        return catalog.Find(version) is null ? version : null;
    }

    /// <summary>Stops before a height whose rules this build does not have.</summary>
    /// <param name="height">The height of the next block.</param>
    /// <exception cref="BrokenInvariantException">The rules of that height are missing.</exception>
    public void RequireRules(ulong height)
    {
        if (MissingRules(height) is { } version)
        {
            throw new BrokenInvariantException($"From height {height} on the ledger follows version {version} of the rules, which this build does not have: install a newer one. Nothing was executed.");
        }
    }

    /// <summary>The validators of the next block.</summary>
    /// <param name="height">The height of the next block.</param>
    public ValidatorSet ValidatorsAt(ulong height) => SystemTables.ValidatorsAt(Reader(height, default), height);

    /// <summary>Whether a batch counts: the first with its number, from a validator of that height, on this ledger, signed.</summary>
    public bool IsValid(SignedBatch batch, ulong height)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CallContext reader = Reader(height, default);
        ValidatorMember? proposer = SystemTables.ValidatorsAt(reader, height).Find(batch.Proposer);
        return proposer is not null
            && batch.LedgerId == genesis.Id
            && batch.Number > SystemTables.Proposers.FindOr(reader, batch.Proposer, default).BatchNumber
            && batch.IsSignedBy(proposer.Key);
    }

    /// <summary>Executes the block that a valid batch becomes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="height">The block's number.</param>
    /// <param name="parentTime">The time of the block below.</param>
    /// <param name="isSigned">For each transaction whether its signature has been found valid.</param>
    /// <exception cref="BrokenInvariantException">An invariant of the ledger does not hold; the node must stop.</exception>
    public ExecutedBlock Execute(SignedBatch batch, ulong height, Instant parentTime, IReadOnlyList<bool> isSigned)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(isSigned);
        return InOneCulture(() => ExecuteBatch(batch, height, parentTime, isSigned));
    }

    /// <summary>When the next scheduled call is due, or null.</summary>
    public Instant? NextDue() =>
        SystemTables.Due.TryFirst(Reader(0, default), out ScheduleKey key, out _) ? key.At : null;

    private ExecutedBlock ExecuteCallsOfGenesis()
    {
        var setup = new CallContext(state, genesis.Id, height: 0, genesis.Time, CallOrigin.Genesis, Address.Nobody);
        SystemTables.ChangeValidators(setup, genesis.Validators);
        SystemTables.ChangeRules(setup, genesis.Rules, height: 0);
        ContractSet rules = Rules(setup, height: 0);
        var receipts = new List<Receipt>();
        foreach (Call call in genesis.Calls)
        {
            Receipt receipt = transactions.ExecuteCall(rules, call, CallOrigin.Genesis, Address.Nobody, height: 0, genesis.Time);
            if (!receipt.Outcome.IsDone)
            {
                throw new BrokenInvariantException($"The genesis call {call.Contract}.{call.Method} was refused: {receipt.Outcome}");
            }

            receipts.Add(receipt);
        }

        return new ExecutedBlock(0, genesis.Time, Address.Nobody, receipts, receipts.Count, state.Freeze(), genesis.Validators);
    }

    private ExecutedBlock ExecuteBatch(SignedBatch batch, ulong height, Instant parentTime, IReadOnlyList<bool> isSigned)
    {
        CallContext system = Reader(height, parentTime);
        ValidatorSet validators = SystemTables.ValidatorsAt(system, height);
        ContractSet rules = Rules(system, height);
        Instant time = BlockClock.Time(system, validators, batch.Proposer, batch.Time, parentTime);
        SystemTables.Proposers.Put(system, batch.Proposer, new ProposerRecord(batch.Number, batch.Time));

        var receipts = new List<Receipt>(batch.Transactions.Count + 4);
        ExecuteDueCalls(rules, height, time, receipts);
        int scheduled = receipts.Count;
        var work = new BlockWork();
        for (int index = 0; index < batch.Transactions.Count; index++)
        {
            receipts.Add(transactions.Execute(rules, batch.Transactions[index], height, time, isSigned[index], work));
        }

        return new ExecutedBlock(height, time, batch.Proposer, receipts, scheduled, state.Freeze(), validators);
    }

    // Calls that a due call schedules for the past or for now run in the same block, after it, but not for ever.
    private void ExecuteDueCalls(ContractSet rules, ulong height, Instant time, List<Receipt> receipts)
    {
        CallContext system = Reader(height, time);
        while (receipts.Count < TransactionLimits.ScheduledCalls
            && SystemTables.Due.TryFirst(system, out ScheduleKey key, out ScheduledCall scheduled)
            && key.At <= time)
        {
            SystemTables.Due.Remove(system, key);
            var call = new Call
            {
                Contract = scheduled.Contract,
                Method = scheduled.Method,
                Arguments = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(scheduled.Arguments),
            };
            Address sender = rules.Find(scheduled.Contract)?.Address ?? Address.Nobody;
            receipts.Add(transactions.ExecuteCall(rules, call, CallOrigin.Schedule, sender, height, time));
        }
    }

    // Receipts hold sentences with numbers, and a machine may be set to a country that writes a minus in another way.
    private static ExecutedBlock InOneCulture(Func<ExecutedBlock> execute)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return execute();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private ContractSet Rules(CallContext system, ulong height)
    {
        uint version = SystemTables.RulesAt(system, height);
        return catalog.Find(version)
            ?? throw new BrokenInvariantException($"Height {height} needs version {version} of the rules, which this build does not have.");
    }

    private CallContext Reader(ulong height, Instant time) => new(state, genesis.Id, height, time, CallOrigin.Genesis, Address.Nobody);
}
