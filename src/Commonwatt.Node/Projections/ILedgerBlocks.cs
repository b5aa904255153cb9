using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Projections;

/// <summary>The ledger's final blocks, as they stand in its file.</summary>
internal interface ILedgerBlocks
{
    /// <summary>The height of the newest one, or null where none can be read.</summary>
    ulong? FinalHeight { get; }

    /// <summary>The header of a height.</summary>
    BlockHeader HeaderAt(ulong height);

    /// <summary>The block of a height, as it stands in the file.</summary>
    CertifiedBlock BlockAt(ulong height);

    /// <summary>Blocks with what executing them again gives.</summary>
    /// <param name="from">The first height.</param>
    /// <param name="last">The last, at most <see cref="FinalHeight"/>.</param>
    /// <param name="known">The block below and the state after it, where they are at hand.</param>
    IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null);
}

/// <summary>The final blocks of a running node.</summary>
/// <param name="host">The node.</param>
/// <param name="settings">What it is made of.</param>
internal sealed class HostBlocks(LedgerHost host, HostSettings settings) : ILedgerBlocks
{
    private readonly LedgerReplay replay = new(
        settings.Node.Genesis,
        settings.Node.Catalog,
        new FolderDisk(settings.Folder, isReadOnly: true),
        height => host.Files.Block(height),
        settings.Node.SignatureThreads);

    /// <inheritdoc/>
    public ulong? FinalHeight => host.Files.FinalHeight;

    /// <inheritdoc/>
    public BlockHeader HeaderAt(ulong height) => replay.HeaderAt(height);

    /// <inheritdoc/>
    public CertifiedBlock BlockAt(ulong height) => CertifiedBlock.Decode(host.Files.Block(height));

    /// <inheritdoc/>
    public IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null) => replay.Blocks(from, last, known);
}
