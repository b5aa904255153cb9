using System.Buffers.Binary;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>Changes bytes of a real run's ledger, as a forger would, and looks whether verifying says where.</summary>
public class TamperingTests
{
    private const int SignatureSize = 16;
    private const int HeadSize = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_one_byte_changed_in_any_block_is_found_and_its_height_named(bool signatures)
    {
        using var run = new RunOf(SmallNeighbourhood.Create(members: 4, days: 1), signatures);
        string path = run.Path(RunOf.LedgerFile);
        byte[] original = File.ReadAllBytes(path);
        int[] starts = [.. BlockStarts(original)];
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int attempt = 0; attempt < 60; attempt++)
        {
            int at = random.Next(SignatureSize, original.Length);
            byte[] changed = [.. original];
            changed[at] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, changed);
            int height = Array.FindLastIndex(starts, start => start <= at);

            VerificationReport report = run.Verify();

            Assert.True(report.FaultHeight == height, $"seed {seed}, byte {at} of block {height}: {report}");
        }
    }

    private static IEnumerable<int> BlockStarts(byte[] ledger)
    {
        for (int at = SignatureSize; at < ledger.Length; at += HeadSize + (int)BinaryPrimitives.ReadUInt32BigEndian(ledger.AsSpan(at)))
        {
            yield return at;
        }
    }
}
