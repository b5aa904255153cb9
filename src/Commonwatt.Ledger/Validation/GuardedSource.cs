using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Another node, with whatever may go wrong over there turned into one kind of fault.</summary>
internal sealed class GuardedSource(IBlockSource source)
{
    /// <summary>The height of its newest final block.</summary>
    public ulong FinalHeight() => Ask(source.FinalHeight) ?? throw new SourceFaultException("The source has no final block, or does not answer.");

    /// <summary>The changes of validators, one by one: there may be no end to them.</summary>
    public IEnumerable<StateProof> ValidatorChanges()
    {
        IReadOnlyList<StateProof> changes = Ask(source.ValidatorChanges);
        int count = Ask(() => changes.Count);
        for (int index = 0; index < count; index++)
        {
            int place = index;
            yield return Ask(() => changes[place]);
        }
    }

    /// <summary>The records of its newest snapshot; none where it has none.</summary>
    public IEnumerable<byte[]> Snapshot(long mostBytes)
    {
        using Stream? stream = Ask(source.OpenSnapshot);
        if (stream is null)
        {
            yield break;
        }

        using IEnumerator<byte[]> records = SnapshotDownload.Read(stream, mostBytes).GetEnumerator();
        while (Ask(records.MoveNext))
        {
            yield return records.Current;
        }
    }

    /// <summary>The header of its newest snapshot, of which no more is read; null where it has none.</summary>
    public BlockHeader? SnapshotHeader(long mostBytes)
    {
        foreach (byte[] record in Snapshot(mostBytes))
        {
            return Ask(() => CanonicalReader.Decode<BlockHeader>(record));
        }

        return null;
    }

    /// <summary>Its blocks from a height on.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from)
    {
        using IEnumerator<ReadOnlyMemory<byte>> blocks = Ask(() => source.Blocks(from).GetEnumerator());
        while (Ask(blocks.MoveNext))
        {
            yield return blocks.Current.Length is > 0 and <= RecordFrame.MostBytes
                ? blocks.Current
                : throw new SourceFaultException($"The source gave a block of {blocks.Current.Length} bytes.");
        }
    }

    /// <summary>Its block of a height.</summary>
    public CertifiedBlock Block(ulong height)
    {
        foreach (ReadOnlyMemory<byte> encoded in Blocks(height))
        {
            return Ask(() => CertifiedBlock.Decode(encoded.Span));
        }

        throw new SourceFaultException($"The source does not give block {height}.");
    }

    // A connection, a proxy, a stream: what they throw is not known here, and none of it is this node's fault.
    private static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (MalformedBytesException exception)
        {
            throw new SourceFaultException($"The source gave something malformed. {exception.Message}");
        }
        catch (Exception exception)
        {
            throw new SourceFaultException($"The source broke off. {exception.Message}");
        }
    }
}
