using Commonwatt.Ledger.Tests.Simulation;

namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

/// <summary>A node's disk as a source, which lies as a test wants it to.</summary>
internal sealed class DiskSource(SimulatedDisk disk) : IBlockSource
{
    public ulong? Height { get; set; } = (ulong)VotingCommunity.Records(disk).Count - 1;

    public Func<IEnumerable<ReadOnlyMemory<byte>>, IEnumerable<ReadOnlyMemory<byte>>> AlterBlocks { get; set; } = blocks => blocks;

    public Func<IReadOnlyList<StateProof>, IReadOnlyList<StateProof>> AlterChanges { get; set; } = changes => changes;

    public Func<byte[], Stream?> AlterSnapshot { get; set; } = bytes => new MemoryStream(bytes);

    public ulong? FinalHeight() => Height;

    public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from) =>
        AlterBlocks(VotingCommunity.Records(disk).Skip((int)from).Select(record => new ReadOnlyMemory<byte>(record)));

    public Stream? OpenSnapshot() =>
        disk.List().LastOrDefault(name => name.EndsWith(".snapshot", StringComparison.Ordinal)) is { } name ? AlterSnapshot(disk.Contents(name)) : null;

    public IReadOnlyList<StateProof> ValidatorChanges() => AlterChanges(ValidatorChangeLog.Read(disk));

    /// <summary>Alters the block of a height on its way.</summary>
    public void AlterBlock(ulong height, Func<CertifiedBlock, CertifiedBlock> alter) => AlterBlocks = blocks => blocks.Select(encoded =>
    {
        var block = CertifiedBlock.Decode(encoded.Span);
        return block.Header.Height == height ? alter(block).ToArray() : encoded;
    });
}
