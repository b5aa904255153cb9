using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Where blocks go that were found right: the ledger file, and after it the file of changes.</summary>
/// <param name="log">The ledger file.</param>
/// <param name="changes">The changes of validators.</param>
/// <param name="syncEvery">After how many bytes it syncs by itself.</param>
/// <param name="anchor">A header that is known to be the ledger's, or null.</param>
internal sealed class ImportedBlocks(RecordLog log, ValidatorChangeLog changes, long syncEvery, BlockHeader? anchor)
{
    private long syncedBytes = log.Bytes;

    /// <summary>How many blocks were executed before they came here.</summary>
    public ulong Executed { get; set; }

    /// <summary>Appends a block.</summary>
    /// <exception cref="SourceFaultException">Another header is known to be the ledger's at its height.</exception>
    public void Append(ReadOnlySpan<byte> block, BlockHeader header, StateProof? change)
    {
        if (anchor is not null && anchor.Height == header.Height && anchor != header)
        {
            throw new SourceFaultException($"The blocks of the source do not lead to the block {anchor.Height} that it showed as its newest: they are of a forged history. Begin again in an empty folder, from another source.");
        }

        log.Append(block);
        if (change is not null)
        {
            changes.Add(change);
        }

        if (log.Bytes - syncedBytes >= syncEvery)
        {
            Sync();
        }
    }

    /// <summary>Makes all durable: blocks first, for no change may be recorded that did not happen.</summary>
    public void Sync()
    {
        if (log.Bytes > syncedBytes)
        {
            log.Sync();
            syncedBytes = log.Bytes;
        }

        changes.Sync();
    }
}
