using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Verification;

public sealed class VerifierTests : IDisposable
{
    private readonly NodeRig rig = new(SampleLedger.Genesis());
    private readonly List<byte[]> records = [];
    private readonly byte[] good;

    public VerifierTests()
    {
        rig.Start();
        rig.Run(3, SampleLedger.Builder(rig.Genesis, SampleLedger.Alice));
        rig.Stop();
        good = rig.Disk.Contents(NodeRig.FileName);
        using RecordLog log = RecordLog.Open(rig.Disk, NodeRig.FileName, onRecord: record => records.Add(record.ToArray()));
    }

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_good_ledger_is_right()
    {
        VerificationReport report = rig.Verify();
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal("sample", report.Name);
        Assert.Equal((4, 3, 0), (report.Blocks, report.Transactions, report.Refused));
        Assert.Equal(rig.Genesis.Id, report.LedgerId);
    }

    [Fact]
    public void A_running_nodes_file_with_its_reserved_space_is_right()
    {
        rig.Start();
        rig.Run(1, SampleLedger.Builder(rig.Genesis, SampleLedger.Bob));
        VerificationReport report = rig.Verify();
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(5, report.Blocks);
    }

    [Fact]
    public void Any_changed_byte_of_the_file_is_found_at_its_height()
    {
        for (int place = 0; place < good.Length; place++)
        {
            byte[] harmed = [.. good];
            harmed[place] ^= (byte)(1 << (place % 8));
            AssertFault(HeightAt(place), Verify(harmed), $"byte {place}");
        }
    }

    [Fact]
    public void Any_byte_that_a_forger_changes_with_a_fitting_checksum_is_found_at_its_height()
    {
        for (int height = 0; height < records.Count; height++)
        {
            for (int place = 0; place < records[height].Length; place++)
            {
                List<byte[]> forged = [.. records];
                forged[height] = [.. records[height]];
                forged[height][place] ^= (byte)(1 << (place % 8));
                AssertFault(height, Verify(File(forged)), $"byte {place} of block {height}");
            }
        }
    }

    [Fact]
    public void Blocks_taken_out_exchanged_or_put_in_twice_are_found()
    {
        AssertFault(1, Verify(File([records[0], records[2], records[3]])), "one taken out");
        AssertFault(1, Verify(File([records[0], records[2], records[1], records[3]])), "two exchanged");
        AssertFault(2, Verify(File([records[0], records[1], records[1], records[2], records[3]])), "one twice");
        AssertFault(4, Verify(File([.. records, records[3]])), "the last one twice");
        AssertFault(0, Verify(File(records[1..])), "without a genesis");
        AssertFault(0, Verify(File([])), "nothing at all");
    }

    [Fact]
    public void A_certificate_must_be_the_validators_over_this_header()
    {
        CertifiedBlock last = CertifiedBlock.Decode(records[3]);
        byte[] signature = SampleLedger.Proposer.Sign(last.Header.SigningDigest());
        Address proposer = SampleLedger.Proposer.Address;
        Assert.Null(FaultOf(last with { Certificate = BlockCertificate.Of([(proposer, signature)]) }));
        BlockCertificate[] wrong =
        [
            BlockCertificate.Of([]),
            BlockCertificate.Of([(proposer, SampleLedger.Proposer.Sign(last.Header.HeaderHash()))]),
            BlockCertificate.Of([(proposer, SampleLedger.Alice.Sign(last.Header.SigningDigest()))]),
            BlockCertificate.Of([(SampleLedger.Alice.Address, SampleLedger.Alice.Sign(last.Header.SigningDigest()))]),
            BlockCertificate.Of([(proposer, signature), (proposer, signature)]),
            BlockCertificate.Of([(proposer, [])]),
            CertifiedBlock.Decode(records[2]).Certificate,
        ];
        Assert.All(wrong, certificate => Assert.NotNull(FaultOf(last with { Certificate = certificate })));
    }

    [Fact]
    public void A_state_root_that_is_not_the_states_is_found_even_when_the_validator_signed_it()
    {
        CertifiedBlock last = CertifiedBlock.Decode(records[3]);
        BlockHeader forged = last.Header with { StateRoot = Hash.Zero };
        Assert.Contains("another state", FaultOf(Signed(forged, last, SampleLedger.Stranger)), StringComparison.Ordinal);
        Assert.Contains("another state", FaultOf(Signed(forged, last, SampleLedger.Proposer)), StringComparison.Ordinal);
        Assert.Contains("receipts", FaultOf(Signed(last.Header with { ReceiptsRoot = Hash.Zero }, last, SampleLedger.Proposer)), StringComparison.Ordinal);
        Assert.Contains("time", FaultOf(Signed(last.Header with { Time = SampleLedger.Start }, last, SampleLedger.Proposer)), StringComparison.Ordinal);
        Assert.Contains("counts", FaultOf(Signed(last.Header with { TransactionCount = 2 }, last, SampleLedger.Proposer)), StringComparison.Ordinal);
        Assert.Contains("height", FaultOf(Signed(last.Header with { Height = ulong.MaxValue }, last, SampleLedger.Proposer)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_thirds_of_the_power_are_not_enough_and_a_little_more_is()
    {
        SigningKey[] keys = [.. Enumerable.Range(0, 4).Select(index => SigningKey.FromSeed($"v{index}"))];
        ValidatorSet four = SampleLedger.Validators(keys);
        ValidatorSet three = SampleLedger.Validators(keys[..3]);
        BlockHeader header = CertifiedBlock.Decode(records[1]).Header;
        BlockCertificate Of(int count) => BlockCertificate.Of(keys[..count].Select(key => (key.Address, key.Sign(header.SigningDigest()))));
        Assert.Contains("two thirds", Of(2).FindFault(header, four)!, StringComparison.Ordinal);
        Assert.Null(Of(3).FindFault(header, four));
        Assert.Contains("two thirds", Of(2).FindFault(header, three)!, StringComparison.Ordinal);
        Assert.Null(Of(3).FindFault(header, three));
        Assert.Contains("no validator", Of(4).FindFault(header, three)!, StringComparison.Ordinal);
    }

    private static CertifiedBlock Signed(BlockHeader header, CertifiedBlock block, SigningKey by) => block with
    {
        Header = header,
        Certificate = BlockCertificate.Of([(SampleLedger.Proposer.Address, by.Sign(header.SigningDigest()))]),
    };

    private string? FaultOf(CertifiedBlock last)
    {
        VerificationReport report = Verify(File([.. records[..3], last.ToArray()]));
        Assert.Equal(report.IsRight ? null : 3, report.FaultHeight);
        return report.Fault;
    }

    private static VerificationReport Verify(byte[] file)
    {
        var disk = new SimulatedDisk();
        disk.Open(NodeRig.FileName).Dispose();
        disk.Replace(NodeRig.FileName, file);
        return LedgerVerifier.Verify(disk, NodeRig.FileName, SampleLedger.Catalog());
    }

    private static byte[] File(IEnumerable<byte[]> blocks)
    {
        var disk = new SimulatedDisk();
        using RecordLog log = RecordLog.Open(disk, NodeRig.FileName);
        foreach (byte[] block in blocks)
        {
            log.Append(block);
            log.Sync();
        }

        return disk.Contents(NodeRig.FileName);
    }

    private int HeightAt(int place)
    {
        int end = RecordLog.Signature.Length;
        for (int height = 0; height < records.Count; height++)
        {
            end += RecordFrame.HeadSize + records[height].Length;
            if (place < end)
            {
                return height;
            }
        }

        return records.Count;
    }

    private static void AssertFault(int height, VerificationReport report, string what)
    {
        Assert.False(report.IsRight, what);
        Assert.True(report.FaultHeight == height, $"{what}: found at {report.FaultHeight} ({report.Fault}), not at {height}.");
        Assert.NotEmpty(report.Fault!);
    }
}
