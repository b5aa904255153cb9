using Commonwatt.Ledger.Verification;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Looks for receipts with an event of one name in blocks as they are executed again, and proves the newest.</summary>
/// <param name="name">The event's name, such as <c>wallet.transferred</c>.</param>
public sealed class ReceiptSearch(string name)
{
    private readonly SortedSet<string> seen = new(StringComparer.Ordinal);
    private (VerifiedBlock Block, int Index)? newest;

    /// <summary>The proof of the newest receipt with such an event, or null while none has been seen.</summary>
    public ReceiptProof? Found => newest is var (block, index) ? ReceiptProof.Of(block, index) : null;

    /// <summary>The names of all events seen, for whoever asked for one that there is not.</summary>
    public IReadOnlyCollection<string> Names => seen;

    /// <summary>Looks through one block.</summary>
    public void Look(VerifiedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        for (int index = 0; index < block.Executed.Receipts.Count; index++)
        {
            foreach (string happened in block.Executed.Receipts[index].Events.Select(one => one.Name))
            {
                seen.Add(happened);
                newest = string.Equals(happened, name, StringComparison.Ordinal) ? (block, index) : newest;
            }
        }
    }
}
