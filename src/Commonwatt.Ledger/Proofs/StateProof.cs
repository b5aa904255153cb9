using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Verification;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Shows the value of an entry of the state after a final block, or that there was none.</summary>
/// <param name="Block">The block's header and certificate.</param>
/// <param name="Key">The key asked for: the table's name, a zero byte, the entry's key.</param>
/// <param name="Map">The way to the leaf where the key is, or would be.</param>
public sealed record StateProof(CertifiedHeader Block, byte[] Key, MapProof Map) : LedgerProof(Block)
{
    // A key has a position for each bit and one for each byte.
    internal const int LongestPath = 9 * KeyPosition.LongestKey;

    /// <summary>Whether there is an entry with this key.</summary>
    public bool IsPresent => Key.AsSpan().SequenceEqual(Map.Key);

    /// <summary>The entry's value, or null where there is none.</summary>
    public byte[]? Value => IsPresent ? Map.Value : null;

    /// <summary>Makes the proof of an entry after a block.</summary>
    /// <param name="block">The block, executed again and found right.</param>
    /// <param name="key">1 to 255 bytes.</param>
    /// <exception cref="ArgumentException">The key is too long or empty.</exception>
    public static StateProof Of(VerifiedBlock block, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Of(block.Certified, block.Executed.State, key);
    }

    /// <summary>Makes the proof of an entry of the state after a block.</summary>
    /// <param name="block">The block's header and certificate.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="key">1 to 255 bytes.</param>
    /// <exception cref="ArgumentException">The key is too long or empty.</exception>
    public static StateProof Of(CertifiedHeader block, MerkleMapVersion state, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(state);
        return FaultOf(key) is { } fault
            ? throw new ArgumentException(fault, nameof(key))
            : new StateProof(block, key.ToArray(), state.Prove(key));
    }

    /// <summary>What is wrong with a key, in a sentence, or null.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> key) => key.Length is > 0 and <= KeyPosition.LongestKey
        ? null
        : $"A key of the state has 1 to {KeyPosition.LongestKey} bytes, this one has {key.Length}.";

    internal static StateProof Read(Wire.Proofs.StateProof message)
    {
        if (message.Path.Count > LongestPath)
        {
            throw new MalformedBytesException($"A path in the state has at most {LongestPath} branches, this one has {message.Path.Count}.");
        }

        return new StateProof(
            CertifiedHeader.Read(message.Block),
            message.Key.ToByteArray(),
            new MapProof(message.LeafKey.ToByteArray(), message.LeafValue.ToByteArray(), [.. message.Path.Select(ReadStep)]));
    }

    /// <inheritdoc/>
    internal override string? FindFault()
    {
        if (FaultOf(Key) is { } fault)
        {
            return fault;
        }

        Hash root = Block.Header.StateRoot;
        bool isProved = IsPresent ? Map.ProvesValue(root, Key, Map.Value) : Map.ProvesAbsence(root, Key);
        return isProved ? null : "The entry's path does not lead to the state root of the header.";
    }

    internal override Wire.Proofs.Proof ToMessage() => new()
    {
        State = new Wire.Proofs.StateProof
        {
            Block = Block.ToMessage(),
            Key = UnsafeByteOperations.UnsafeWrap(Key),
            LeafKey = UnsafeByteOperations.UnsafeWrap(Map.Key),
            LeafValue = UnsafeByteOperations.UnsafeWrap(Map.Value),
            Path = { Map.Path.Select(step => new Wire.Proofs.MapBranch { Position = (uint)step.Position, Sibling = ProofFile.Bytes(step.Sibling) }) },
        },
    };

    private static MapProofStep ReadStep(Wire.Proofs.MapBranch branch) => branch.Position < KeyPosition.LongestKey << 4
        ? new MapProofStep((int)branch.Position, ProofFile.ReadHash(branch.Sibling))
        : throw new MalformedBytesException($"{branch.Position} is no position in a key.");
}
