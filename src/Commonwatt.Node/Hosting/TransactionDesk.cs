using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <summary>Takes transactions from many threads, keeps them in order for the one that drives the ledger, and gives everybody the certified answer.</summary>
/// <param name="mostInFlight">How many may wait for an answer.</param>
/// <param name="recent">What is known of final transactions.</param>
/// <param name="clock">The clock.</param>
internal sealed class TransactionDesk(int mostInFlight, RecentTransactions recent, TimeProvider clock)
{
    private const int MostInGroup = 4096;

    // A repeat within this time finds the first one still on its way; after it, the pool may have dropped that one.
    private static readonly TimeSpan BetweenRepeats = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<Hash, Flight> flights = [];
    private readonly Queue<Flight> waiting = new();
    private string? closed;

    /// <summary>Whether transactions wait for answers.</summary>
    public bool HasWork
    {
        get
        {
            lock (gate)
            {
                return flights.Count > 0;
            }
        }
    }

    /// <summary>Takes a transaction, or finds the one that is on its way already.</summary>
    /// <returns>Where its answer comes; an answer that is known comes at once.</returns>
    public Task<TransactionAnswer> Enter(SignedTransaction transaction)
    {
        if (Settled(transaction.Id) is { } known)
        {
            return Task.FromResult(known);
        }

        lock (gate)
        {
            if (closed is not null)
            {
                return Task.FromResult(TransactionAnswer.Refused(transaction.Id, Outcome.Refused("stopping", closed)));
            }

            if (flights.TryGetValue(transaction.Id, out Flight? flight))
            {
                return Join(flight, transaction);
            }

            if (flights.Count >= mostInFlight)
            {
                return Task.FromResult(TransactionAnswer.Refused(transaction.Id, Outcome.Refused("busy", "Too many transactions wait already: send it again in a few seconds.")));
            }

            flight = new Flight(transaction);
            flights.Add(transaction.Id, flight);
            waiting.Enqueue(flight);
            // Its block may have become final since the first look.
            if (Settled(transaction.Id) is { } now)
            {
                End(flight, now);
            }

            return flight.Answer;
        }
    }

    /// <summary>What is known of a transaction, or null.</summary>
    public TransactionAnswer? Find(Hash id)
    {
        lock (gate)
        {
            return recent.Find(id)
                ?? (flights.TryGetValue(id, out Flight? flight) ? TransactionAnswer.OnItsWay(flight.Transaction, "not-final-yet", "The transaction is on its way.") : null);
        }
    }

    /// <summary>The next transactions to hand to the ledger node.</summary>
    public IReadOnlyList<Flight> TakeGroup()
    {
        lock (gate)
        {
            var group = new List<Flight>(int.Min(waiting.Count, MostInGroup));
            while (group.Count < MostInGroup && waiting.TryDequeue(out Flight? flight))
            {
                // An answer may have come while it waited.
                if (!flight.Answer.IsCompleted)
                {
                    flight.GivenAt = clock.GetTimestamp();
                    group.Add(flight);
                }
            }

            return group;
        }
    }

    /// <summary>What the ledger node said to a transaction.</summary>
    /// <param name="flight">The transaction's flight.</param>
    /// <param name="given">The bytes that the node was given.</param>
    /// <param name="outcome">Done where it is taken in.</param>
    /// <param name="overtakenUpTo">The executed height, where its nonce is used in the state there; else null.</param>
    public void TakeIn(Flight flight, SignedTransaction given, Outcome outcome, ulong? overtakenUpTo)
    {
        lock (gate)
        {
            if (!ReferenceEquals(flight.Transaction, given))
            {
                return;
            }

            if (outcome.IsDone)
            {
                flight.IsTakenIn = true;
            }
            else if (overtakenUpTo is { } height)
            {
                // It may be what used the nonce itself, in a block that is not final yet, through another validator.
                flight.DoubtedUpTo = height;
            }
            else if (!flight.IsTakenIn)
            {
                End(flight, TransactionAnswer.Refused(given.Id, outcome));
            }
        }
    }

    /// <summary>A block is final: its transactions have their answers.</summary>
    public void Settle(FinalBlock block)
    {
        recent.Take(block);
        lock (gate)
        {
            foreach (SignedTransaction transaction in block.Transactions)
            {
                // Somebody else's signature under the same body says nothing of the right one.
                if (flights.TryGetValue(transaction.Id, out Flight? flight) && recent.Find(transaction.Id) is { Outcome.Code: not "bad-signature" } answer)
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
                    End(flight, TransactionAnswer.Refused(flight.Transaction.Id, Outcome.Refused(
                        "nonce-used", $"The nonce {flight.Transaction.Nonce} is not greater than the last one of this sender: another transaction overtook this one, or it was executed longer ago than this node remembers.")));
                }
                else if (flight.Transaction.ExpiresAt <= final.Time)
                {
                    End(flight, TransactionAnswer.Refused(flight.Transaction.Id, Outcome.Refused(
                        "expired", $"The transaction expired at {flight.Transaction.ExpiresAt}, and no block holds it: it never will happen. Sign it again with a later expiry.")));
                }
            }
        }
    }

    /// <summary>The ledger node forgot what it had taken in: it is to be given all of it again.</summary>
    public void GiveAgain()
    {
        lock (gate)
        {
            waiting.Clear();
            foreach (Flight flight in flights.Values)
            {
                flight.IsTakenIn = false;
                flight.DoubtedUpTo = null;
                waiting.Enqueue(flight);
            }
        }
    }

    /// <summary>Takes nothing any more, and tells all who wait that what they sent may still happen.</summary>
    /// <param name="why">A sentence.</param>
    public void Close(string why)
    {
        lock (gate)
        {
            closed = why;
            foreach (Flight flight in flights.Values.ToArray())
            {
                End(flight, TransactionAnswer.OnItsWay(flight.Transaction, "stopping", why));
            }
        }
    }

    private TransactionAnswer? Settled(Hash id) => recent.Find(id) is { } answer && !RecentTransactions.MayChange(answer) ? answer : null;

    private Task<TransactionAnswer> Join(Flight flight, SignedTransaction transaction)
    {
        if (!transaction.Bytes.Span.SequenceEqual(flight.Transaction.Bytes.Span))
        {
            // One body under two signatures: the first may be a stranger's who wants the right one turned away.
            if (!transaction.IsSignatureValid())
            {
                return Task.FromResult(TransactionAnswer.Refused(
                    transaction.Id, Outcome.Refused("bad-signature", $"The signature is not that of {transaction.Sender} over this transaction.")));
            }

            if (!flight.IsTakenIn)
            {
                flight.Transaction = transaction;
                waiting.Enqueue(flight);
            }
        }
        else if (flight.IsTakenIn && clock.GetElapsedTime(flight.GivenAt) >= BetweenRepeats)
        {
            flight.GivenAt = clock.GetTimestamp();
            waiting.Enqueue(flight);
        }

        return flight.Answer;
    }

    private void End(Flight flight, TransactionAnswer answer)
    {
        flights.Remove(flight.Transaction.Id);
        flight.Complete(answer);
    }
}
