using System.Diagnostics;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Benchmarks;

/// <summary>What following headers took.</summary>
/// <param name="Headers">How many headers.</param>
/// <param name="Signatures">How many signatures each certificate has: those of just more than two thirds.</param>
/// <param name="Validators">Out of how many validators of equal power.</param>
/// <param name="Threads">On how many threads signatures were checked.</param>
/// <param name="Milliseconds">From the bytes of a file of headers to the newest one followed; the best of the rounds.</param>
/// <param name="LimitMilliseconds">Checking as many signatures on as many threads and doing nothing else, in the same run.</param>
public sealed record LightClientBenchmarkResult(int Headers, int Signatures, int Validators, int Threads, double Milliseconds, double LimitMilliseconds);

/// <summary>Measures a light client that follows a year of hourly headers, beside checking their signatures alone.</summary>
public static class LightClientBenchmark
{
    /// <summary>As many hours as a year has.</summary>
    public const int YearOfHours = 365 * 24;

    /// <summary>Runs the measurement.</summary>
    /// <param name="validators">How many validators, 1 to 1,000.</param>
    /// <param name="threads">On how many threads to check signatures, in turn; each gives a result.</param>
    /// <param name="headers">How many headers, 1 or more.</param>
    /// <param name="rounds">How often; the best counts.</param>
    public static IReadOnlyList<LightClientBenchmarkResult> Run(int validators, IReadOnlyList<int> threads, int headers = YearOfHours, int rounds = 3)
    {
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(headers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        SigningKey[] keys = [.. Enumerable.Range(0, validators).Select(index => SigningKey.FromSeed($"bench/validator/{index}"))];
        ValidatorSet set = new(keys.Select(key => new ValidatorMember(key.PublicKey, Power: 1)));
        SigningKey[] signers = keys[..((validators * 2 / 3) + 1)];
        byte[] file = Certify(headers, set, signers);
        (double Follow, double Limit)[] best = [.. threads.Select(_ => (double.MaxValue, double.MaxValue))];
        for (int round = 0; round < rounds; round++)
        {
            for (int index = 0; index < best.Length; index++)
            {
                best[index].Follow = double.Min(best[index].Follow, Follow(file, set, threads[index]));
                best[index].Limit = double.Min(best[index].Limit, Limit(headers * signers.Length, signers[0], threads[index]));
            }
        }

        return [.. best.Select((one, index) => new LightClientBenchmarkResult(headers, signers.Length, validators, threads[index], one.Follow, one.Limit))];
    }

    private static byte[] Certify(int headers, ValidatorSet set, SigningKey[] signers)
    {
        using var file = new MemoryStream();
        HeaderFile.Begin(file, genesis: null);
        Hash parent = Hash.Zero;
        for (int height = 0; height < headers; height++)
        {
            var header = new BlockHeader(
                Hash.Of("bench"u8),
                (ulong)height,
                parent,
                new Instant(height * 3_600_000L),
                signers[0].Address,
                MerkleTree.EmptyRoot,
                MerkleTree.EmptyRoot,
                MerkleTree.EmptyRoot,
                set.SetHash(),
                TransactionCount: 0,
                ScheduledCount: 0,
                new OrderPlace(0, (ulong)height),
                Hash.Of("bench"u8));
            parent = header.HeaderHash();
            var certificate = BlockCertificate.Of(signers.Select(key => (key.Address, key.Sign(header.SigningDigest()))));
            HeaderFile.Append(file, new FollowStep.Next(new CertifiedHeader(header, certificate)));
        }

        return file.ToArray();
    }

    private static double Follow(byte[] file, ValidatorSet set, int threads)
    {
        var watch = Stopwatch.StartNew();
        using var stream = new MemoryStream(file, writable: false);
        var followed = HeaderFollower.Follow(stream, new TrustedValidators(Hash.Of("bench"u8), set), threads);
        return followed.Fault is null
            ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"A header of the measurement is refused: {followed.Fault}");
    }

    private static double Limit(int signatures, SigningKey key, int threads)
    {
        Hash digest = Hash.Of("bench"u8);
        byte[] signature = key.Sign(digest);
        var watch = Stopwatch.StartNew();
        Parallel.For(0, signatures, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            if (!key.PublicKey.Verify(digest, signature))
            {
                throw new InvalidOperationException("A signature of the measurement is not valid.");
            }
        });
        return watch.Elapsed.TotalMilliseconds;
    }
}
