using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Execution;

/// <summary>How much the transactions of one block have read and written so far, in all and by sender.</summary>
/// <remarks>Once somebody's transaction has no room, none of his later ones in the block has: so nonces are not used out of their order within it.</remarks>
internal sealed class BlockWork
{
    /// <summary>The code of what has no room. It leaves the nonce unused, so that the same transaction may come again.</summary>
    public const string Full = "block-full";

    private readonly Dictionary<Address, long> bySender = [];
    private long total;

    /// <summary>Whether there is room for a transaction of a sender.</summary>
    public Outcome Admit(Address sender)
    {
        if (total >= TransactionLimits.BlockStateAccesses)
        {
            return Outcome.Refused(Full, $"The transactions before this one in the block made {total} reads and writes, and none begins after {TransactionLimits.BlockStateAccesses}: it may come in a later block.");
        }

        long own = bySender.GetValueOrDefault(sender);
        return own < TransactionLimits.SenderStateAccesses
            ? Outcome.Done
            : Outcome.Refused(Full, $"The transactions of {sender} before this one in the block made {own} reads and writes, and none of one sender begins after {TransactionLimits.SenderStateAccesses}: it may come in a later block.");
    }

    /// <summary>Counts what a transaction did, also where it was refused in the end.</summary>
    public void Add(Address sender, long accesses)
    {
        total += accesses;
        bySender[sender] = bySender.GetValueOrDefault(sender) + accesses;
    }
}
