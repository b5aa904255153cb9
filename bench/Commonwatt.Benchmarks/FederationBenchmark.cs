using System.Diagnostics;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Benchmarks;

/// <summary>What measuring a federation gave. All its validators share the machine.</summary>
/// <param name="Validators">How many validators.</param>
/// <param name="Transactions">How many signed transfers were made final.</param>
/// <param name="TransactionsPerSecond">From submission to the certificate of the last one, durable at the first validator.</param>
/// <param name="VerificationsPerSecond">The machine's limit: checking the same signatures and nothing else, once, on all threads.</param>
/// <param name="MedianMilliseconds">From one transaction handed in to its certificate, durable where it was handed in: half of them took no longer.</param>
/// <param name="NinetyNinthMilliseconds">The same: 99 of 100 took no longer.</param>
public sealed record FederationBenchmarkResult(
    int Validators, int Transactions, double TransactionsPerSecond, double VerificationsPerSecond, double MedianMilliseconds, double NinetyNinthMilliseconds);

/// <summary>How the validators of a measurement reach each other.</summary>
/// <param name="Orderer">The order of batches as a validator sees it, by its number.</param>
/// <param name="Votes">The channel for votes, likewise; null where one validator needs none.</param>
public sealed record FederationLinks(Func<int, IOrderer> Orderer, Func<int, IVoteChannel?> Votes);

/// <summary>Measures validators who make blocks final together.</summary>
public static class FederationBenchmark
{
    private const int ChunkSize = 1000;
    private const int Singles = 300;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Runs the measurement.</summary>
    /// <param name="validators">How many validators, 1 or more.</param>
    /// <param name="connect">Links the validators of a ledger, or null to do so within this process.</param>
    /// <param name="transactions">How many transfers, 1 or more.</param>
    public static FederationBenchmarkResult Run(int validators, Func<Hash, FederationLinks>? connect = null, int transactions = 40_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(validators, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(transactions, 1);
        using var community = new TransferCommunity(200, validators);
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "order"));
        using var orderer = LocalOrderer.Open(new FolderDisk(Path.Combine(folder.Path, "order")));
        SignedTransaction[] signed = [.. community.Sign(transactions + Singles).Select(bytes => SignedTransaction.Decode(bytes))];
        FederationLinks links = connect?.Invoke(community.Genesis.Id) ?? Within(validators, orderer);
        double limit = VerificationRate(signed);
        var progress = new FinalCount();
        FederationMember[] members = [.. Enumerable.Range(0, validators).Select(number => Start(number))];
        try
        {
            SignedTransaction[] founding = [.. community.Foundation()];
            members[0].Submit(founding);
            progress.Await(founding.Length, members);
            double[] singles = SendOneByOne(members, signed[..Singles], progress);
            double rate = SendAll(members, signed[Singles..], progress);
            // A machine that was slower for a moment would flatter the federation.
            limit = Math.Max(limit, VerificationRate(signed));
            return new FederationBenchmarkResult(validators, transactions, rate, limit, singles[singles.Length / 2], singles[(singles.Length * 99 / 100)]);
        }
        finally
        {
            Array.ForEach(members, member => member.Dispose());
        }

        FederationMember Start(int number)
        {
            string own = Path.Combine(folder.Path, $"validator-{number}");
            Directory.CreateDirectory(own);
            return new FederationMember(
                community, community.Validators[number], own, links.Orderer(number), links.Votes(number), block => progress.Add(number, block.Transactions.Count));
        }
    }

    private static FederationLinks Within(int validators, LocalOrderer orderer)
    {
        var shared = new SharedOrderer(orderer);
        var channel = new LocalVoteChannel();
        return new FederationLinks(_ => shared.Join(), _ => validators > 1 ? channel.Join() : null);
    }

    private static double[] SendOneByOne(FederationMember[] members, SignedTransaction[] transactions, FinalCount progress)
    {
        double[] milliseconds = new double[transactions.Length];
        for (int index = 0; index < milliseconds.Length; index++)
        {
            var watch = Stopwatch.StartNew();
            members[0].Submit([transactions[index]]);
            progress.Await(1, members);
            milliseconds[index] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }

    // Each validator takes an equal share in. A sender's transactions go to one validator, for their nonces ascend.
    private static double SendAll(FederationMember[] members, SignedTransaction[] transactions, FinalCount progress)
    {
        var watch = Stopwatch.StartNew();
        foreach (IGrouping<int, SignedTransaction> share in transactions.GroupBy(one => one.Sender.ToArray()[0] % members.Length))
        {
            foreach (SignedTransaction[] chunk in share.Chunk(ChunkSize))
            {
                members[share.Key].Submit(chunk);
            }
        }

        progress.Await(transactions.Length, members);
        return transactions.Length / watch.Elapsed.TotalSeconds;
    }

    private static double VerificationRate(SignedTransaction[] signed)
    {
        SignedTransaction[] some = [.. signed.Take(10_000)];
        var watch = Stopwatch.StartNew();
        SignatureChecks.Run(some, Environment.ProcessorCount);
        return some.Length / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Counts what the first validator told to be final.</summary>
    private sealed class FinalCount
    {
        private readonly SemaphoreSlim told = new(0);

        public void Add(int validator, int transactions)
        {
            if (validator == 0 && transactions > 0)
            {
                told.Release(transactions);
            }
        }

        public void Await(int transactions, FederationMember[] members)
        {
            for (int index = 0; index < transactions; index++)
            {
                if (!told.Wait(LongestWait))
                {
                    Array.ForEach(members, member => member.ThrowIfFailed());
                    throw new TimeoutException($"Nothing became final for {LongestWait.TotalMinutes:N0} minutes.");
                }
            }
        }
    }
}
