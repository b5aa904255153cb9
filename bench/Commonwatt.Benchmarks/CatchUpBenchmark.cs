using System.Diagnostics;
using System.Security.Cryptography;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Benchmarks;

/// <summary>What measuring a new node gave that takes a ledger over from another one.</summary>
/// <param name="Transactions">How many signed transfers the ledger holds.</param>
/// <param name="Blocks">In how many blocks above block 0.</param>
/// <param name="Validators">Of how many validators.</param>
/// <param name="LedgerBytes">The bytes of the ledger file.</param>
/// <param name="SnapshotBytes">The bytes of the snapshot.</param>
/// <param name="Threads">On how many threads signatures are checked.</param>
/// <param name="BySnapshotSeconds">By snapshot, until the node has started.</param>
/// <param name="CopySeconds">Its limit: copying the same bytes, hashing them once and syncing, in the same run.</param>
/// <param name="ByExecutingSeconds">By executing every block, until the node has started.</param>
/// <param name="VerificationSeconds">Its limit: checking as many signatures of transactions and nothing else, on all threads.</param>
public sealed record CatchUpBenchmarkResult(
    int Transactions,
    ulong Blocks,
    int Validators,
    long LedgerBytes,
    long SnapshotBytes,
    int Threads,
    double BySnapshotSeconds,
    double CopySeconds,
    double ByExecutingSeconds,
    double VerificationSeconds);

/// <summary>Measures how long a new node needs to have what another one has, by its snapshot and without.</summary>
public static class CatchUpBenchmark
{
    private const string FileName = "community.ledger";
    private const int Members = 200;
    private const int Validators = 4;
    private const int TransfersInBlock = 1000;
    private const int BlocksAfterSnapshot = 10;

    /// <summary>Runs the measurement.</summary>
    /// <param name="transactions">How many transfers, 20,000 or more.</param>
    public static CatchUpBenchmarkResult Run(int transactions = 1_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(transactions, 20_000);
        using var folder = new ScratchFolder();
        using var community = new TransferCommunity(Members, Validators);
        string origin = Path.Combine(folder.Path, "origin");
        ulong height = CertifiedTransfers.Write(new FolderDisk(origin), FileName, community, transactions, TransfersInBlock, BlocksAfterSnapshot);
        double rate = LedgerBenchmark.VerificationRate(community.Sign(20_000), Environment.ProcessorCount);
        double copy = Copy(origin, Path.Combine(folder.Path, "copy"));
        double bySnapshot = CatchUp(community, origin, Path.Combine(folder.Path, "by-snapshot"), height, snapshotAbove: BlocksAfterSnapshot);
        double byExecuting = CatchUp(community, origin, Path.Combine(folder.Path, "by-executing"), height, snapshotAbove: ulong.MaxValue);
        return new CatchUpBenchmarkResult(
            transactions,
            height,
            Validators,
            new FileInfo(Path.Combine(origin, FileName)).Length,
            new FileInfo(Directory.EnumerateFiles(origin, "*.snapshot").Single()).Length,
            Environment.ProcessorCount,
            bySnapshot,
            copy,
            byExecuting,
            transactions / rate);
    }

    private static double CatchUp(TransferCommunity community, string origin, string folder, ulong height, ulong snapshotAbove)
    {
        using var source = new FolderSource(origin);
        var settings = new NodeSettings
        {
            Genesis = community.Genesis,
            Catalog = CommunityRules.Catalog,
            Key = null,
            Disk = new FolderDisk(folder),
            Orderer = new MemoryOrderer(),
            Clock = TimeProvider.System,
            FileName = FileName,
            SnapshotEvery = 500,
        };
        var watch = Stopwatch.StartNew();
        CatchUpReport report = BlockImport.CatchUp(settings, source, limits: new CatchUpLimits { SnapshotAbove = snapshotAbove });
        using LedgerNode node = LedgerNode.Open(settings);
        double seconds = watch.Elapsed.TotalSeconds;
        bool isAsked = report.SnapshotHeight is null == (snapshotAbove == ulong.MaxValue);
        return report.IsComplete && node.Height == height && isAsked
            ? seconds
            : throw new InvalidOperationException($"The measured node did not catch up as it was asked to: {report}");
    }

    private static double Copy(string origin, string folder)
    {
        Directory.CreateDirectory(folder);
        var watch = Stopwatch.StartNew();
        foreach (string path in Directory.EnumerateFiles(origin).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using FileStream from = File.OpenRead(path);
            using FileStream to = File.Create(Path.Combine(folder, Path.GetFileName(path)));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[1024 * 1024];
            for (int read = from.Read(buffer); read > 0; read = from.Read(buffer))
            {
                hash.AppendData(buffer, 0, read);
                to.Write(buffer, 0, read);
            }

            hash.GetHashAndReset();
            to.Flush(flushToDisk: true);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private sealed class FolderSource(string folder) : IBlockSource, IDisposable
    {
        private readonly RecordLog log = RecordLog.Open(new FolderDisk(folder), FileName);

        public ulong? FinalHeight() => (ulong)log.Count - 1;

        public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from)
        {
            for (long height = (long)from; height < log.Count; height++)
            {
                yield return log.Read(height);
            }
        }

        public Stream? OpenSnapshot() => new BufferedStream(File.OpenRead(Directory.EnumerateFiles(folder, "*.snapshot").Single()), 1024 * 1024);

        public IReadOnlyList<StateProof> ValidatorChanges() => [];

        public void Dispose() => log.Dispose();
    }
}
