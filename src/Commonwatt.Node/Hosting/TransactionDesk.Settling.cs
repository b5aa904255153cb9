using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <content>Blocks become final, and the ledger node is opened again.</content>
internal sealed partial class TransactionDesk
{
    /// <summary>A block is final: its transactions have their answers.</summary>
    public void Settle(FinalBlock block)
    {
        recent.Take(block);
        lock (gate)
        {
            foreach (SignedTransaction transaction in block.Transactions)
            {
                // Somebody else's signature under the same body says nothing of the right one; and what a block had no room for comes in a later one.
                if (flights.TryGetValue(transaction.Id, out Flight? flight) && recent.Find(transaction.Id) is { Outcome.Code: not ("bad-signature" or "block-full") } answer)
                {
                    End(flight, answer);
                }
            }
        }
    }

    /// <summary>Ends what can no longer happen: its time is over, or its nonce is used and no block up to that one holds it.</summary>
    public void EndHopeless(BlockHeader final)
    {
        lock (gate)
        {
            foreach (Flight flight in flights.Values.ToArray())
            {
                if (flight.DoubtedUpTo <= final.Height)
                {
                    EndWithout(
                        flight,
                        "nonce-used",
                        $"The nonce {flight.Transaction.Nonce} is not greater than the last one of this sender: another transaction overtook this one, or it was executed longer ago than this node remembers.");
                }
                else if (flight.Transaction.ExpiresAt <= final.Time)
                {
                    EndWithout(
                        flight,
                        "expired",
                        $"The transaction expired at {flight.Transaction.ExpiresAt}, and no block holds it: it never will happen. Sign it again with a later expiry.");
                }
            }
        }
    }

    /// <summary>The ledger node forgot what it had taken in: what has no answer by now is to be given to it again, in the order in which it came.</summary>
    /// <param name="isAllRemembered">
    /// Whether every block that became final while the node was closed is among those remembered. Where not, a transaction that has no answer may stand in one of them.
    /// </param>
    public void GiveAgain(bool isAllRemembered)
    {
        lock (gate)
        {
            waiting.Clear();
            foreach (Flight flight in flights.Values.OrderBy(flight => flight.Arrival).ToArray())
            {
                flight.IsWaiting = false;
                flight.IsTraceLost |= !isAllRemembered;
                flight.DoubtedUpTo = null;
                if (recent.FindSettled(flight.Transaction.Id) is { } answer)
                {
                    End(flight, answer);
                }
                else
                {
                    Wait(flight);
                }
            }
        }
    }

    // A block that came from another node was not settled here, and may hold it all the same.
    private void EndWithout(Flight flight, string code, string sentence) => End(
        flight,
        recent.FindSettled(flight.Transaction.Id)
            ?? (flight.IsTraceLost ? TransactionAnswer.TraceLost(flight.Transaction.Id) : TransactionAnswer.Refused(flight.Transaction.Id, Outcome.Refused(code, sentence))));
}
