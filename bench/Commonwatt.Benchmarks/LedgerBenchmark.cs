using System.Diagnostics;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Benchmarks;

/// <summary>What measuring the ledger gave.</summary>
/// <param name="Transactions">How many signed transfers were made final.</param>
/// <param name="Blocks">In how many blocks.</param>
/// <param name="Threads">On how many threads signatures were checked.</param>
/// <param name="TransactionsPerSecond">From encoded bytes to durable blocks.</param>
/// <param name="VerificationsPerSecond">The machine's limit: checking the same signatures and nothing else, on all threads, in the same run.</param>
/// <param name="BytesPerTransaction">What a transaction takes in the ledger file, with its share of the blocks.</param>
/// <param name="SyncMilliseconds">How long the disk takes to make 4 KiB durable, at the median.</param>
public sealed record LedgerBenchmarkResult(
    int Transactions,
    long Blocks,
    int Threads,
    double TransactionsPerSecond,
    double VerificationsPerSecond,
    double BytesPerTransaction,
    double SyncMilliseconds)
{
    /// <summary>The part of the machine's limit that the ledger reaches.</summary>
    public double ShareOfLimit => TransactionsPerSecond / VerificationsPerSecond;
}

/// <summary>Measures a validator: signed transfers in, durable blocks out, beside what checking the signatures alone takes.</summary>
public static class LedgerBenchmark
{
    private const int ChunkSize = 2000;

    /// <summary>Runs the measurement.</summary>
    /// <param name="transactions">How many transfers, 1 or more.</param>
    /// <param name="members">Between how many members, 2 or more.</param>
    /// <param name="rounds">How often; the best of the ledger counts, and the best of the limit, whichever rounds they are from.</param>
    public static LedgerBenchmarkResult Run(int transactions = 60_000, int members = 200, int rounds = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(transactions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        using var community = new TransferCommunity(members);
        IReadOnlyList<byte[]> signed = community.Sign(transactions);
        var measured = new LedgerBenchmarkResult[rounds];
        for (int round = 0; round < rounds; round++)
        {
            measured[round] = Measure(community, signed);
        }

        // A round in which the limit alone was measured badly would flatter the ledger.
        LedgerBenchmarkResult best = measured.MaxBy(one => one.TransactionsPerSecond)!;
        return best with { VerificationsPerSecond = measured.Max(one => one.VerificationsPerSecond) };
    }

    private static LedgerBenchmarkResult Measure(TransferCommunity community, IReadOnlyList<byte[]> signed)
    {
        int threads = Environment.ProcessorCount;
        double limitBefore = VerificationRate(signed, threads);
        using var folder = new ScratchFolder();
        var disk = new FolderDisk(folder.Path);
        using var orderer = LocalOrderer.Open(disk);
        long blocks = 0;
        using LedgerNode node = LedgerNode.Open(new NodeSettings
        {
            Genesis = community.Genesis,
            Catalog = CommunityRules.Catalog,
            Key = community.Validator,
            Disk = disk,
            Orderer = orderer,
            Clock = TimeProvider.System,
            SealsInBackground = true,
            SignatureThreads = threads,
            OnFinal = block => blocks += RequireDone(block),
        });
        community.Found(node);
        node.Drain();
        (long blocksBefore, long bytesBefore) = (blocks, node.FileBytes);
        var watch = Stopwatch.StartNew();
        foreach (byte[][] chunk in signed.Chunk(ChunkSize))
        {
            Finalise(node, chunk);
        }

        node.Drain();
        double rate = signed.Count / watch.Elapsed.TotalSeconds;
        double limit = Math.Max(limitBefore, VerificationRate(signed, threads));
        double bytes = (double)(node.FileBytes - bytesBefore) / signed.Count;
        return new LedgerBenchmarkResult(signed.Count, blocks - blocksBefore, threads, rate, limit, bytes, SyncMedian(disk));
    }

    private static void Finalise(LedgerNode node, byte[][] encoded)
    {
        foreach (Outcome outcome in node.Submit(Array.ConvertAll(encoded, bytes => SignedTransaction.Decode(bytes))))
        {
            if (!outcome.IsDone)
            {
                throw new InvalidOperationException($"The ledger refused a transfer of the measurement: {outcome}");
            }
        }

        while (node.Propose())
        {
            node.Advance();
        }
    }

    private static int RequireDone(FinalBlock block) =>
        block.Executed.Receipts.FirstOrDefault(receipt => !receipt.Outcome.IsDone) is { } refused
            ? throw new InvalidOperationException($"The ledger refused a transfer of the measurement: {refused.Outcome}")
            : 1;

    /// <summary>How many signatures of transactions the machine checks in a second, and nothing else.</summary>
    /// <param name="signed">Encoded transactions, all signed rightly.</param>
    /// <param name="threads">On how many threads.</param>
    public static double VerificationRate(IReadOnlyList<byte[]> signed, int threads)
    {
        ArgumentNullException.ThrowIfNull(signed);
        SignedTransaction[] decoded = [.. signed.Take(20_000).Select(bytes => SignedTransaction.Decode(bytes))];
        SignatureChecks.Run(decoded[..int.Min(1000, decoded.Length)], threads);
        var watch = Stopwatch.StartNew();
        bool[] valid = SignatureChecks.Run(decoded, threads);
        double seconds = watch.Elapsed.TotalSeconds;
        return valid.All(one => one) ? decoded.Length / seconds : throw new InvalidOperationException("A signature of the measurement is not valid.");
    }

    private static double SyncMedian(FolderDisk disk)
    {
        const int Times = 51;
        using IDiskFile file = disk.Open("sync.bench");
        byte[] page = new byte[4096];
        file.Write(0, new byte[Times * page.Length]);
        file.Sync();
        double[] milliseconds = new double[Times];
        for (int index = 0; index < Times; index++)
        {
            page.AsSpan().Fill((byte)index);
            var watch = Stopwatch.StartNew();
            file.Write(index * page.Length, page);
            file.Sync();
            milliseconds[index] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds[Times / 2];
    }
}
