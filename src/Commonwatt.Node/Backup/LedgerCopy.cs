using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Backup;

/// <summary>A copy of a ledger file up to a block that is final, made while a node goes on writing.</summary>
/// <param name="Genesis">What the ledger begins with.</param>
/// <param name="Tip">The newest block in it.</param>
internal sealed record LedgerCopy(LedgerGenesis Genesis, BlockHeader Tip)
{
    private const int MostAttempts = 4;

    /// <summary>Copies the ledger of a folder: all blocks in it that are whole. What stands in a ledger file has its certificate, and is final.</summary>
    /// <param name="folder">The node's folder.</param>
    /// <param name="target">The folder for the copy.</param>
    /// <exception cref="InvalidDataException">There is no ledger.</exception>
    public static LedgerCopy OfFolder(string folder, string target)
    {
        if (!File.Exists(Path.Combine(folder, NodeSettings.UsualFileName)))
        {
            throw new InvalidDataException($"There is no {NodeSettings.UsualFileName} in {folder}: name the folder of a community, or of a node's files.");
        }

        for (int attempt = 1; ; attempt++)
        {
            Copy(Path.Combine(folder, NodeSettings.UsualFileName), Path.Combine(target, NodeSettings.UsualFileName));
            try
            {
                return Read(target);
            }
            catch (DamagedFileException) when (attempt < MostAttempts)
            {
                // Blocks that were written while the file was copied may have come after a gap: the next copy has them.
                continue;
            }
        }
    }

    /// <summary>Takes the final blocks of a node over its interface.</summary>
    /// <param name="source">The node.</param>
    /// <param name="target">The folder for the copy.</param>
    /// <exception cref="IOException">The node does not answer.</exception>
    public static LedgerCopy OfNode(IBlockSource source, string target)
    {
        ulong final = source.FinalHeight() ?? throw new InvalidDataException("The node has no final block yet.");
        return Write(UpTo(final, source), target);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> UpTo(ulong final, IBlockSource source)
    {
        ulong next = 0;
        while (next <= final)
        {
            ulong before = next;
            foreach (ReadOnlyMemory<byte> block in source.Blocks(next))
            {
                yield return block;
                if (next++ == final)
                {
                    yield break;
                }
            }

            if (next == before)
            {
                throw new IOException($"The node does not give block {next}, which it says is final.");
            }
        }
    }

    private static LedgerCopy Write(IEnumerable<ReadOnlyMemory<byte>> blocks, string target)
    {
        using var log = RecordLog.Open(new FolderDisk(target), NodeSettings.UsualFileName);
        LedgerGenesis? genesis = null;
        BlockHeader? tip = null;
        foreach (ReadOnlyMemory<byte> encoded in blocks)
        {
            CertifiedBlock block = Decode(encoded);
            genesis ??= LedgerGenesis.Decode(block.Content.Span);
            tip = block.Header;
            log.Append(encoded.Span);
        }

        log.Sync();
        return genesis is not null && tip is not null
            ? new LedgerCopy(genesis, tip)
            : throw new InvalidDataException("The ledger holds no block yet.");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using FileStream target = File.Create(to);
        source.CopyTo(target);
    }

    // Opening the copy checks every record of it, and cuts off what was half written.
    private static LedgerCopy Read(string folder)
    {
        using var log = RecordLog.Open(new FolderDisk(folder), NodeSettings.UsualFileName);
        if (log.Count == 0)
        {
            throw new InvalidDataException("The ledger holds no block yet.");
        }

        log.Trim();
        return new LedgerCopy(LedgerGenesis.Decode(Decode(log.Read(0)).Content.Span), Decode(log.Read(log.Count - 1)).Header);
    }

    private static CertifiedBlock Decode(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            return CertifiedBlock.Decode(encoded.Span);
        }
        catch (MalformedBytesException malformed)
        {
            throw new InvalidDataException($"What stands in the ledger is no block: {malformed.Message}", malformed);
        }
    }
}
