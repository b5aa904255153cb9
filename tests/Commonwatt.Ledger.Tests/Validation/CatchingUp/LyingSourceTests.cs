namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

public sealed class LyingSourceTests : IClassFixture<LyingSourceTests.History>
{
    private static readonly CatchUpLimits BySnapshot = new() { SnapshotAbove = 5 };
    private static readonly CatchUpLimits ByExecuting = new() { SnapshotAbove = ulong.MaxValue };
    private static readonly CatchUpLimits[] BothWays = [BySnapshot, ByExecuting];

    private readonly VotingCommunity community;

    public LyingSourceTests(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        community = history.Community;
    }

    [Fact]
    public void A_block_of_which_anything_was_changed_is_not_taken()
    {
        RequireRefused(block => block with { Header = block.Header with { StateRoot = Hash.Zero } }, "is not valid for this header");
        RequireRefused(block => block with { Header = block.Header with { Time = block.Header.Time + TimeSpan.FromSeconds(1) } }, "is not valid for this header");
        RequireRefused(block => block with { Header = block.Header with { ParentHash = Hash.Zero } }, "does not follow the block below it");
        RequireRefused(block => block with { Header = block.Header with { LedgerId = Hash.Zero } }, "is of another ledger");
        RequireRefused(block => block with { Header = block.Header with { Height = 9 } }, "of height 9 stands where that of height 8 belongs");
        RequireRefused(block => block with { Header = block.Header with { Place = default } }, "does not stand after");
        RequireRefused(block => block with { Content = Block(7).Content }, "are not those of its header");
        RequireRefused(block => block with { Content = new byte[] { 1, 2, 3 } }, "gave something");
        RequireRefused(block => block with { Content = Signed(block, VotingCommunity.Keys[3], SignedBatch.Decode(block.Content.Span).Transactions) }, "not signed by a validator");
        RequireRefused(block => block with { Content = Signed(block, VotingCommunity.Keys[0], []) }, "are not those of its header");
    }

    [Fact]
    public void A_certificate_that_others_made_or_too_few_is_not_taken()
    {
        SigningKey[] then = [VotingCommunity.Keys[0], VotingCommunity.Keys[1], VotingCommunity.Keys[2], VotingCommunity.Keys[4]];
        RequireRefused(block => block with { Certificate = Certificate(block, [SampleLedger.Stranger]) }, "who is no validator at this height");
        RequireRefused(block => block with { Certificate = Certificate(block, then[..2]) }, "more than two thirds are needed");
        RequireRefused(block => block with { Certificate = Certificate(block, VotingCommunity.Keys[..4]) }, "who is no validator at this height");
        RequireRefused(block => block with { Certificate = Block(9).Certificate }, "is not valid for this header");
        RequireRefused(block => block with { Certificate = BlockCertificate.Of([]) }, "a voting power of 0 out of 4");
    }

    [Fact]
    public void A_forged_block_with_a_set_of_its_own_is_not_taken()
    {
        var evil = SigningKey.FromSeed("evil");
        RequireRefused(
            block =>
            {
                block = block with { Header = block.Header with { ValidatorsHash = SampleLedger.Validators(evil).SetHash() } };
                return block with { Certificate = Certificate(block, [evil]) };
            },
            "");
    }

    [Fact]
    public void A_batch_that_its_proposer_signed_twice_with_another_clock_is_not_taken()
    {
        var source = new DiskSource(community.Disks[0]);
        source.AlterBlock(8, block =>
        {
            SignedBatch batch = SignedBatch.Decode(block.Content.Span);
            return block with { Content = SignedBatch.Sign(batch.LedgerId, batch.Number, batch.Time + TimeSpan.FromSeconds(1), batch.Transactions, VotingCommunity.Keys[0]).Bytes };
        });
        foreach (CatchUpLimits limits in BothWays)
        {
            RequireStop(source, limits, 7, "the batch of block 8 is not that of its header", alreadyHas: 1);
        }
    }

    [Fact]
    public void A_block_that_is_left_out_or_comes_twice_stops_it()
    {
        foreach (CatchUpLimits limits in BothWays)
        {
            RequireStop(new DiskSource(community.Disks[0]) { AlterBlocks = blocks => blocks.Where((_, index) => index != 7) }, limits, 7, "stands where that of height 8 belongs", alreadyHas: 1);
            RequireStop(new DiskSource(community.Disks[0]) { AlterBlocks = blocks => blocks.SelectMany((block, index) => index == 7 ? [block, block] : new[] { block }) }, limits, 8, "stands where that of height 9 belongs", alreadyHas: 1);
        }
    }

    [Fact]
    public void A_source_that_breaks_off_leaves_what_it_gave()
    {
        foreach (CatchUpLimits limits in BothWays)
        {
            RequireStop(new DiskSource(community.Disks[0]) { AlterBlocks = Dying }, limits, 12, "The source broke off. The line is dead.", alreadyHas: 1);
            RequireStop(new DiskSource(community.Disks[0]) { AlterBlocks = blocks => blocks.Take(12) }, limits, 12, "breaks off after block 12", alreadyHas: 1);
            RequireStop(new DiskSource(community.Disks[0]) { AlterBlocks = blocks => blocks.Select((block, index) => index == 12 ? new byte[70 * 1024 * 1024] : block) }, limits, 12, "a block of 73400320 bytes", alreadyHas: 1);
            RequireStop(new DiskSource(community.Disks[0]) { AlterChanges = _ => throw new IOException("Gone.") }, BySnapshot, 0, "The source broke off. Gone.");
            RequireStop(new DiskSource(community.Disks[0]) { Height = null }, limits, null, "does not answer");
        }

        RequireStop(new DiskSource(community.Disks[0]) { Height = 1_000_000 }, ByExecuting, 24, "said that its newest is 1000000");
    }

    [Fact]
    public void Another_ledger_is_not_taken()
    {
        using var other = new VotingCommunity(hasSignatures: true);
        other.Stop();
        RequireStop(new DiskSource(other.Disks[0]), ByExecuting, null, "another ledger than 'sample'");
        CatchUpReport report = CatchUp(DiskWith(3), new DiskSource(other.Disks[0]) { Height = 9, AlterBlocks = _ => VotingCommunity.Records(other.Disks[0]).Select(one => new ReadOnlyMemory<byte>(one)) }, ByExecuting);
        Assert.Equal(2ul, report.Height);
        Assert.NotNull(report.Fault);
    }

    [Fact]
    public void A_snapshot_with_a_changed_entry_is_refused_and_nothing_of_it_is_left()
    {
        RequireSnapshotRefused(bytes => Rewritten(bytes, (index, record) => index == 3 ? [.. record[..^1], (byte)(record[^1] ^ 1)] : record), "do not give the state root", height: 20);
        RequireSnapshotRefused(bytes => Rewritten(bytes, (index, record) => index == 3 ? null : record), "do not give the state root", height: 20);
        RequireSnapshotRefused(bytes => Rewritten(bytes, (index, record) => index == 0 ? CanonicalWriter.Encode(Block(19).Header) : record), "do not give the state root", height: 19);
        RequireSnapshotRefused(bytes => bytes[..(bytes.Length / 2)], "cut off or harmed", height: 20);
        RequireSnapshotRefused(bytes => [.. bytes[..100], (byte)~bytes[100], .. bytes[101..]], "cut off or harmed");
        RequireSnapshotRefused(_ => [], "A snapshot starts as a log file does");
        RequireSnapshotRefused(bytes => Rewritten(bytes, (index, record) => index == 0 ? [1, 2, 3] : record), "");
    }

    [Fact]
    public void Of_a_snapshot_whose_header_is_not_in_the_ledger_no_entry_is_read()
    {
        // Entries of the attacker's choice, and a header that fits them: only the blocks tell that it is none of theirs.
        RequireOnlyHeaderRead(header => header with { ReceiptsRoot = Hash.Zero }, claimed: 24, height: 20, "is not that of block 20");
        RequireOnlyHeaderRead(header => header with { StateRoot = Hash.Zero }, claimed: 24, height: 20, "is not that of block 20");
        RequireOnlyHeaderRead(header => header with { Height = 900_000 }, claimed: 1_000_000, height: 24, "breaks off after block 24");
    }

    [Fact]
    public void A_source_whose_snapshot_changes_while_blocks_are_taken_gives_the_newer_one_or_is_refused()
    {
        byte[] newer = Contents(community.Disks[0]);
        byte[] older = Rewritten(newer, (index, record) => index == 0 ? CanonicalWriter.Encode(Block(11).Header) : record);
        int asked = 0;
        var grown = new DiskSource(community.Disks[0]) { AlterSnapshot = _ => new MemoryStream(asked++ == 0 ? older : newer) };
        var disk = new SimulatedDisk();
        Assert.Equal(20ul, CatchUp(disk, grown, BySnapshot).SnapshotHeight);
        Assert.Equal(VotingCommunity.Records(community.Disks[0]), VotingCommunity.Records(disk));

        asked = 0;
        RequireStop(new DiskSource(community.Disks[0]) { AlterSnapshot = _ => new MemoryStream(asked++ == 0 ? newer : older) }, BySnapshot, 20, "gave one of another header of height 11");
        asked = 0;
        RequireStop(new DiskSource(community.Disks[0]) { AlterSnapshot = _ => asked++ == 0 ? new MemoryStream(newer) : null }, BySnapshot, 20, "then gave none");
    }

    [Fact]
    public void A_snapshot_without_end_is_refused_once_it_is_too_large()
    {
        foreach (bool isRight in (bool[])[true, false])
        {
            var source = new DiskSource(community.Disks[0]) { AlterSnapshot = bytes => new EndlessStream(isRight ? bytes : bytes[..16]) };
            RequireStop(source, BySnapshot with { MostSnapshotBytes = 100_000 }, isRight ? 20ul : 0, "");
        }
    }

    [Fact]
    public void Changes_of_validators_that_are_held_back_or_forged_stop_it_before_the_first_block_they_concern()
    {
        RequireChangesRefused(_ => [], 7);
        RequireChangesRefused(changes => [changes[1]], 7);
        RequireChangesRefused(changes => [changes[0]], 16);
        RequireChangesRefused(changes => [changes[1], changes[0]], 7);
        RequireChangesRefused(changes => [changes[0] with { Key = changes[1].Key }, changes[1]], 5);
        RequireChangesRefused(changes => [changes[0] with { Map = changes[1].Map }, changes[1]], 5);
        RequireChangesRefused(changes => [changes[0], changes[1] with { Block = changes[0].Block }], 16);
    }

    [Fact]
    public void A_change_under_the_certificate_of_nobody_is_not_recorded()
    {
        // Its block comes with the right one; what is recorded is what was checked.
        var source = new DiskSource(community.Disks[0]) { AlterChanges = changes => [.. changes.Select(change => change with { Block = change.Block with { Certificate = BlockCertificate.Of([]) } })] };
        var disk = new SimulatedDisk();
        Assert.Null(CatchUp(disk, source, BySnapshot).Fault);
        Assert.Null(CatchUp(new SimulatedDisk(), new DiskSource(disk), BySnapshot).Fault);
        Assert.All(ValidatorChangeLog.Read(disk), change => Assert.Equal(Block(change.Block.Header.Height).Certificate.ToArray(), change.Block.Certificate.ToArray()));

        // Where the blocks are there already, nothing comes with it.
        disk = DiskWith(12);
        Assert.NotNull(CatchUp(disk, source, BySnapshot).Fault);
        Assert.Empty(ValidatorChangeLog.Read(disk));
    }

    private void RequireRefused(Func<CertifiedBlock, CertifiedBlock> alter, string fault)
    {
        foreach (CatchUpLimits limits in BothWays)
        {
            var source = new DiskSource(community.Disks[0]);
            source.AlterBlock(8, alter);
            RequireStop(source, limits, 7, fault);
        }
    }

    private void RequireSnapshotRefused(Func<byte[], byte[]> alter, string fault, ulong height = 0) =>
        RequireStop(new DiskSource(community.Disks[0]) { AlterSnapshot = bytes => new MemoryStream(alter(bytes)) }, BySnapshot, height, fault);

    private void RequireOnlyHeaderRead(Func<BlockHeader, BlockHeader> alter, ulong claimed, ulong height, string fault)
    {
        long read = 0;
        byte[] forged = Rewritten(Contents(community.Disks[0]), (index, record) => index == 0 ? CanonicalWriter.Encode(alter(CanonicalReader.Decode<BlockHeader>(record))) : record);
        var opened = new List<MemoryStream>();
        var source = new DiskSource(community.Disks[0])
        {
            Height = claimed,
            AlterSnapshot = _ =>
            {
                opened.Add(new WatchedStream(forged, count => read += count));
                return opened[^1];
            },
        };
        RequireStop(source, BySnapshot, height, fault);
        Assert.Single(opened);
        Assert.InRange(read, 1, 500);
    }

    private static byte[] Contents(SimulatedDisk disk) => disk.Contents(disk.List().Last(name => name.EndsWith(".snapshot", StringComparison.Ordinal)));

    private void RequireChangesRefused(Func<IReadOnlyList<StateProof>, IReadOnlyList<StateProof>> alter, ulong height) =>
        RequireStop(new DiskSource(community.Disks[0]) { AlterChanges = alter }, BySnapshot, height, "");

    // It stops with a sentence; what it has is right, and from an honest source it gets the rest.
    private void RequireStop(IBlockSource source, CatchUpLimits limits, ulong? height, string fault, int alreadyHas = 0)
    {
        SimulatedDisk disk = alreadyHas == 0 ? new SimulatedDisk() : DiskWith(alreadyHas);
        CatchUpReport report = CatchUp(disk, source, limits);
        Assert.NotNull(report.Fault);
        Assert.Contains(fault, report.Fault, StringComparison.Ordinal);
        Assert.EndsWith(".", report.Fault, StringComparison.Ordinal);
        Assert.Equal(height, report.Height);
        Assert.Equal(VotingCommunity.Records(community.Disks[0]).Take((int)(height + 1 ?? 0)), VotingCommunity.Records(disk));
        Assert.DoesNotContain(disk.List(), name => name.EndsWith(".part", StringComparison.Ordinal) || name.EndsWith(".snapshot", StringComparison.Ordinal));
        Assert.Null(CatchUp(disk, new DiskSource(community.Disks[0]), limits with { MostSnapshotBytes = int.MaxValue }).Fault);
        using LedgerNode node = LedgerNode.Open(community.Settings(disk));
        Assert.Equal(community.Nodes[0].State.RootHash(), node.State.RootHash());
    }

    private CatchUpReport CatchUp(SimulatedDisk disk, IBlockSource source, CatchUpLimits limits) =>
        BlockImport.CatchUp(community.Settings(disk), source, limits: limits);

    private SimulatedDisk DiskWith(int blocks)
    {
        var disk = new SimulatedDisk();
        using RecordLog log = RecordLog.Open(disk, VotingCommunity.FileName);
        VotingCommunity.Records(community.Disks[0]).Take(blocks).ToList().ForEach(record => log.Append(record));
        log.Sync();
        return disk;
    }

    private CertifiedBlock Block(ulong height) => CertifiedBlock.Decode(VotingCommunity.Records(community.Disks[0])[(int)height]);

    private static BlockCertificate Certificate(CertifiedBlock block, SigningKey[] signers) =>
        BlockCertificate.Of(signers.Select(key => (key.Address, key.Sign(block.Header.SigningDigest()))));

    private static ReadOnlyMemory<byte> Signed(CertifiedBlock block, SigningKey key, IReadOnlyList<SignedTransaction> transactions)
    {
        SignedBatch batch = SignedBatch.Decode(block.Content.Span);
        return SignedBatch.Sign(batch.LedgerId, batch.Number, batch.Time, transactions, key).Bytes;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Dying(IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        int given = 0;
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            yield return given++ < 12 ? block : throw new IOException("The line is dead.");
        }
    }

    private static byte[] Rewritten(byte[] snapshot, Func<int, byte[], byte[]?> alter)
    {
        var disk = new SimulatedDisk();
        disk.Replace("old", snapshot);
        using IDiskFile file = disk.Open("old");
        using RecordLog log = RecordLog.Open(disk, "new");
        int index = 0;
        RecordScan.Run(file, "old", (_, record) =>
        {
            if (alter(index++, record.ToArray()) is { } kept)
            {
                log.Append(kept);
            }
        });
        return disk.Contents("new");
    }

    public sealed class History : IDisposable
    {
        internal VotingCommunity Community { get; } = VotingCommunity.WithHistory();

        public void Dispose() => Community.Dispose();
    }

    private sealed class WatchedStream(byte[] bytes, Action<int> onRead) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            onRead(read);
            return read;
        }
    }

    // Bytes, and then records of zeros without end.
    private sealed class EndlessStream(byte[] start) : Stream
    {
        private readonly MemoryStream first = new(start);
        private long number = -1;
        private MemoryStream record = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = first.Read(buffer, offset, count);
            if (read == 0)
            {
                read = record.Read(buffer, offset, count);
            }

            if (read == 0)
            {
                record = new MemoryStream(Frame(number < 0 ? number = RecordsIn(start) : ++number));
                read = record.Read(buffer, offset, count);
            }

            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static byte[] Frame(long number)
        {
            byte[] frame = new byte[RecordFrame.HeadSize + 1000];
            RecordFrame.Write(frame, number, 0, new byte[1000]);
            return frame;
        }

        private static int RecordsIn(byte[] log)
        {
            var disk = new SimulatedDisk();
            disk.Replace("log", log);
            using IDiskFile file = disk.Open("log");
            int count = 0;
            RecordScan.Run(file, "log", (_, _) => count++);
            return count;
        }
    }
}
