using System.Collections.Concurrent;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Benchmarks;

/// <summary>One validator of a measured federation, at work on a thread of its own.</summary>
internal sealed class FederationMember : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<IReadOnlyList<SignedTransaction>> incoming = new();
    private readonly AutoResetEvent hasWork = new(initialState: false);
    private readonly Action<FinalBlock> onFinal;
    private readonly LedgerNode node;
    private readonly Thread thread;
    private volatile bool stops;
    private Exception? failure;

    public FederationMember(TransferCommunity community, SigningKey key, string folder, IOrderer orderer, IVoteChannel? votes, Action<FinalBlock> onFinal)
    {
        this.onFinal = onFinal;
        node = LedgerNode.Open(new NodeSettings
        {
            Genesis = community.Genesis,
            Catalog = CommunityRules.Catalog,
            Key = key,
            Disk = new FolderDisk(folder),
            Orderer = orderer,
            Votes = votes,
            Clock = TimeProvider.System,
            SealsInBackground = true,
            OnFinal = Hear,
        });
        thread = new Thread(Run) { IsBackground = true, Name = "validator" };
        thread.Start();
    }

    /// <summary>Hands transactions in.</summary>
    /// <exception cref="InvalidOperationException">The validator has stopped.</exception>
    public void Submit(IReadOnlyList<SignedTransaction> transactions)
    {
        ThrowIfFailed();
        incoming.Enqueue(transactions);
        hasWork.Set();
    }

    /// <summary>Passes on why the validator stopped, if it did.</summary>
    public void ThrowIfFailed()
    {
        if (Volatile.Read(ref failure) is { } reason)
        {
            throw new InvalidOperationException($"A validator of the measurement stopped: {reason.Message}", reason);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stops = true;
        hasWork.Set();
        thread.Join();
        node.Dispose();
        hasWork.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!stops)
            {
                bool worked = TakeIn() | node.Propose() | node.Advance();
                if (!worked)
                {
                    hasWork.WaitOne(Rest);
                }
            }
        }
        catch (Exception exception)
        {
            Volatile.Write(ref failure, exception);
        }
    }

    private bool TakeIn()
    {
        if (!incoming.TryDequeue(out IReadOnlyList<SignedTransaction>? transactions))
        {
            return false;
        }

        foreach (Outcome outcome in node.Submit(transactions))
        {
            Require(outcome);
        }

        return true;
    }

    private void Hear(FinalBlock block)
    {
        foreach (Receipt receipt in block.Executed.Receipts)
        {
            Require(receipt.Outcome);
        }

        onFinal(block);
    }

    private static void Require(Outcome outcome)
    {
        if (!outcome.IsDone)
        {
            throw new InvalidOperationException($"The ledger refused a transfer of the measurement: {outcome}");
        }
    }
}
