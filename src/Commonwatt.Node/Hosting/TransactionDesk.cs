using System.Diagnostics.CodeAnalysis;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Hosting;

/// <summary>Takes transactions from many threads, keeps them in order for the one that drives the ledger, and gives everybody the certified answer.</summary>
/// <param name="mostInFlight">How many may wait for an answer.</param>
/// <param name="recent">What is known of final transactions.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class TransactionDesk(int mostInFlight, RecentTransactions recent, TimeProvider clock)
{
    private const int MostInGroup = 4096;

    // One sender leaves the others three quarters of the room.
    private readonly int mostOfSender = int.Max(1, mostInFlight / 4);

    // A repeat within this time finds the first one still on its way; after it, the pool may have dropped that one.
    private static readonly TimeSpan BetweenRepeats = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<Hash, Flight> flights = [];
    private readonly Queue<Flight> waiting = new();
    private readonly Dictionary<Address, int> takenIn = [];
    private ulong arrivals;
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
        if (recent.FindSettled(transaction.Id) is { } known)
        {
            return Task.FromResult(known);
        }

        // Checking a signature takes long, and whoever settles blocks must not wait for it.
        if (TryEnter(transaction, isSigned: false, out Task<TransactionAnswer>? answer)
            || (transaction.IsSignatureValid() && TryEnter(transaction, isSigned: true, out answer)))
        {
            return answer;
        }

        return Task.FromResult(BadSignature(transaction));
    }

    /// <summary>What is known of a transaction, or null.</summary>
    public TransactionAnswer? Find(Hash id)
    {
        lock (gate)
        {
            return FindKnown(id)
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
                flight.IsWaiting = false;
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
                NoteTakenIn(flight);
            }
            else if (overtakenUpTo is { } height)
            {
                // It may be what used the nonce itself, in a block that is not final yet, through another validator.
                flight.DoubtedUpTo ??= height;
            }
            else if (!flight.WasTakenIn)
            {
                End(flight, TransactionAnswer.Refused(given.Id, outcome));
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

    private static TransactionAnswer BadSignature(SignedTransaction transaction) => TransactionAnswer.Refused(
        transaction.Id, Outcome.Refused("bad-signature", $"The signature is not that of {transaction.Sender} over this transaction."));

    // False where it first has to be known whether the transaction is signed.
    private bool TryEnter(SignedTransaction transaction, bool isSigned, [NotNullWhen(true)] out Task<TransactionAnswer>? answer)
    {
        lock (gate)
        {
            answer = null;
            if (closed is not null)
            {
                answer = Task.FromResult(TransactionAnswer.Refused(transaction.Id, Outcome.Refused("stopping", closed)));
            }
            else if (flights.TryGetValue(transaction.Id, out Flight? flight))
            {
                answer = TryJoin(flight, transaction, isSigned) ? flight.Answer : null;
            }
            else if (flights.Count >= mostInFlight)
            {
                answer = Task.FromResult(TransactionAnswer.Refused(transaction.Id, Outcome.Refused("busy", "Too many transactions wait already: send it again in a few seconds.")));
            }
            else if (takenIn.GetValueOrDefault(transaction.Sender) >= mostOfSender)
            {
                answer = Task.FromResult(TransactionAnswer.Refused(
                    transaction.Id, Outcome.Refused("too-many-waiting", $"{mostOfSender} transactions of {transaction.Sender} wait already, and one sender may have no more: send it again when they have their answers.")));
            }
            else
            {
                answer = Begin(transaction).Answer;
            }

            return answer is not null;
        }
    }

    private Flight Begin(SignedTransaction transaction)
    {
        var flight = new Flight(transaction, arrivals++);
        flights.Add(transaction.Id, flight);
        Wait(flight);
        // Its block may have become final since the first look.
        if (recent.FindSettled(transaction.Id) is { } now)
        {
            End(flight, now);
        }

        return flight;
    }

    private bool TryJoin(Flight flight, SignedTransaction transaction, bool isSigned)
    {
        if (transaction.Bytes.Span.SequenceEqual(flight.Transaction.Bytes.Span))
        {
            if (clock.GetElapsedTime(flight.GivenAt) >= BetweenRepeats)
            {
                flight.GivenAt = clock.GetTimestamp();
                Wait(flight);
            }

            return true;
        }

        // One body under two signatures: the first may be a stranger's who wants the right one turned away.
        if (isSigned && !flight.WasTakenIn)
        {
            flight.Transaction = transaction;
            Wait(flight);
        }

        return isSigned;
    }

    private void Wait(Flight flight)
    {
        if (!flight.IsWaiting)
        {
            flight.IsWaiting = true;
            waiting.Enqueue(flight);
        }
    }

    private void End(Flight flight, TransactionAnswer answer)
    {
        flights.Remove(flight.Transaction.Id);
        if (flight.WasTakenIn && --takenIn[flight.Transaction.Sender] == 0)
        {
            takenIn.Remove(flight.Transaction.Sender);
        }

        flight.Complete(answer);
    }

    // Only what the ledger node took in counts for its sender: of the rest nobody knows yet whether he signed it.
    private void NoteTakenIn(Flight flight)
    {
        if (!flight.WasTakenIn)
        {
            flight.WasTakenIn = true;
            takenIn[flight.Transaction.Sender] = takenIn.GetValueOrDefault(flight.Transaction.Sender) + 1;
        }
    }

    // What a block had no room for is on its way again, if this node took it in.
    private TransactionAnswer? FindKnown(Hash id) =>
        recent.Find(id) is { } answer && !(answer.Outcome.Code == "block-full" && flights.ContainsKey(id)) ? answer : null;
}
