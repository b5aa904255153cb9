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
/// <param name="Milliseconds">From the encoded headers and certificates to the newest one followed, on one thread; the best of the rounds.</param>
/// <param name="LimitMilliseconds">Checking the same signatures and nothing else, in the same run.</param>
public sealed record LightClientBenchmarkResult(int Headers, int Signatures, int Validators, double Milliseconds, double LimitMilliseconds);

/// <summary>Measures a light client that follows a year of hourly headers, beside checking their signatures alone.</summary>
public static class LightClientBenchmark
{
    /// <summary>As many hours as a year has.</summary>
    public const int YearOfHours = 365 * 24;

    /// <summary>Runs the measurement.</summary>
    /// <param name="validators">How many validators, 1 to 1,000.</param>
    /// <param name="headers">How many headers, 1 or more.</param>
    /// <param name="rounds">How often; the best counts.</param>
    public static LightClientBenchmarkResult Run(int validators, int headers = YearOfHours, int rounds = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(headers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        SigningKey[] keys = [.. Enumerable.Range(0, validators).Select(index => SigningKey.FromSeed($"bench/validator/{index}"))];
        ValidatorSet set = new(keys.Select(key => new ValidatorMember(key.PublicKey, Power: 1)));
        SigningKey[] signers = keys[..((validators * 2 / 3) + 1)];
        List<(byte[] Header, byte[] Certificate)> chain = Certify(headers, set, signers);
        (double best, double limit) = (double.MaxValue, double.MaxValue);
        for (int round = 0; round < rounds; round++)
        {
            best = double.Min(best, Follow(chain, set));
            limit = double.Min(limit, Limit(headers * signers.Length, signers[0]));
        }

        return new LightClientBenchmarkResult(headers, signers.Length, validators, best, limit);
    }

    private static List<(byte[] Header, byte[] Certificate)> Certify(int headers, ValidatorSet set, SigningKey[] signers)
    {
        var chain = new List<(byte[], byte[])>(headers);
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
                new OrderPlace(0, (ulong)height));
            parent = header.HeaderHash();
            var certificate = BlockCertificate.Of(signers.Select(key => (key.Address, key.Sign(header.SigningDigest()))));
            chain.Add((CanonicalWriter.Encode(header), certificate.ToArray()));
        }

        return chain;
    }

    private static double Follow(List<(byte[] Header, byte[] Certificate)> chain, ValidatorSet set)
    {
        var watch = Stopwatch.StartNew();
        var client = new LightClient(Hash.Of("bench"u8), set);
        foreach ((byte[] header, byte[] certificate) in chain)
        {
            if (client.Follow(new CertifiedHeader(CanonicalReader.Decode<BlockHeader>(header), BlockCertificate.Decode(certificate))) is { } fault)
            {
                throw new InvalidOperationException($"A header of the measurement is refused: {fault}");
            }
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Limit(int signatures, SigningKey key)
    {
        Hash digest = Hash.Of("bench"u8);
        byte[] signature = key.Sign(digest);
        var watch = Stopwatch.StartNew();
        for (int index = 0; index < signatures; index++)
        {
            if (!key.PublicKey.Verify(digest, signature))
            {
                throw new InvalidOperationException("A signature of the measurement is not valid.");
            }
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
