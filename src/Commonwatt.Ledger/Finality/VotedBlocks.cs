using System.Buffers.Binary;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Finality;

/// <summary>Hands blocks that a validator signed on to the others, after the order of batches lost them.</summary>
public static class VotedBlocks
{
    /// <summary>The most bytes of a file of voted blocks: more than the blocks have that a node executes ahead of their certificates.</summary>
    public const int MostBytes = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> Signature => "commonwatt/voted/1"u8;

    /// <summary>What the validator whose files are on a disk signed from a height on without a gap.</summary>
    /// <param name="disk">The files of a node that does not run.</param>
    /// <param name="from">The first height.</param>
    /// <exception cref="DamagedFileException">The file of votes is harmed or cut off.</exception>
    public static IReadOnlyList<VotedBlock> OfValidator(IDisk disk, ulong from)
    {
        ArgumentNullException.ThrowIfNull(disk);
        if (!VoteFile.Exists(disk))
        {
            return [];
        }

        var signed = VoteFile.ReadAll(disk).Where(voted => voted.Content.Length > 0).ToDictionary(voted => voted.Header.Height);
        var found = new List<VotedBlock>();
        for (ulong height = from; signed.TryGetValue(height, out VotedBlock? voted); height++)
        {
            found.Add(voted);
        }

        return found;
    }

    /// <summary>The bytes of a file of voted blocks: <c>commonwatt/voted/1</c>, then for each its length (<c>u32</c>) and the <c>VotedBlock</c>.</summary>
    public static byte[] Encode(IEnumerable<VotedBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var made = new MemoryStream();
        made.Write(Signature);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (byte[] bytes in blocks.Select(block => block.ToArray()))
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)bytes.Length);
            made.Write(length);
            made.Write(bytes);
        }

        return made.ToArray();
    }

    /// <summary>Reads a file of voted blocks. Whether they follow on a ledger is for the node to see that executes them.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no such file.</exception>
    public static IReadOnlyList<VotedBlock> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes || !bytes.StartsWith(Signature))
        {
            throw new MalformedBytesException($"This is no file of voted blocks: it does not start with 'commonwatt/voted/1', or has more than {MostBytes} bytes.");
        }

        var read = new List<VotedBlock>();
        for (bytes = bytes[Signature.Length..]; bytes.Length > 0;)
        {
            if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && length > (uint)bytes.Length - sizeof(uint))
            {
                throw new MalformedBytesException("The file of voted blocks ends in the middle of one.");
            }

            read.Add(VotedBlock.Decode(bytes.Slice(sizeof(uint), (int)length)));
            bytes = bytes[(sizeof(uint) + (int)length)..];
        }

        return read;
    }

    /// <summary>The blocks of several files, one a height.</summary>
    /// <returns>The blocks by ascending height, or a sentence that says at which height validators signed different headers.</returns>
    public static (IReadOnlyList<VotedBlock> Blocks, string? Fault) Unite(IEnumerable<VotedBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var united = new SortedDictionary<ulong, VotedBlock>();
        foreach (VotedBlock block in blocks)
        {
            if (!united.TryAdd(block.Header.Height, block) && united[block.Header.Height].Header != block.Header)
            {
                return ([], $"For block {block.Header.Height} the validators {united[block.Header.Height].Vote.Validator} and {block.Vote.Validator} signed different headers: only one of them can become final, and if neither got two thirds of the power, none. Give the blocks of one of them alone.");
            }
        }

        return ([.. united.Values], null);
    }
}
