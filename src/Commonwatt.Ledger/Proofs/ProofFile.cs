using Commonwatt.Ledger.Encoding;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>The form in which a proof is given to somebody else: <c>commonwatt/proof/1</c>, then one <c>Proof</c> message.</summary>
public static class ProofFile
{
    /// <summary>The most bytes of a proof file, so that reading one needs little memory, whoever made it.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    // A tree of this many levels has more leaves than a header can count.
    internal const int LongestTreePath = 32;

    /// <summary>The first bytes of every proof file.</summary>
    public static ReadOnlySpan<byte> Signature => "commonwatt/proof/1"u8;

    /// <summary>The bytes of a proof file.</summary>
    /// <exception cref="MalformedBytesException">A value is too large to be handed on this way.</exception>
    public static byte[] Encode(LedgerProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        byte[] message = proof.ToMessage().ToByteArray();
        int length = Signature.Length + message.Length;
        return length <= MostBytes
            ? [.. Signature, .. message]
            : throw new MalformedBytesException($"A proof file has at most {MostBytes} bytes, and this one would have {length}: what it proves is too large.");
    }

    /// <summary>Reads a proof file. What it claims is still to be checked.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no proof file, or not in its one encoding; the message says what is wrong.</exception>
    public static LedgerProof Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw new MalformedBytesException($"A proof file has at most {MostBytes} bytes, this one has {bytes.Length}.");
        }

        if (!bytes.StartsWith(Signature))
        {
            throw new MalformedBytesException($"This is no proof file: it does not start with '{System.Text.Encoding.ASCII.GetString(Signature)}'.");
        }

        Wire.Proofs.Proof message = WireMessage.Decode(Wire.Proofs.Proof.Parser, bytes[Signature.Length..]);
        return message.ClaimCase switch
        {
            Wire.Proofs.Proof.ClaimOneofCase.Transaction => TransactionProof.Read(message.Transaction),
            Wire.Proofs.Proof.ClaimOneofCase.State => StateProof.Read(message.State),
            Wire.Proofs.Proof.ClaimOneofCase.Receipt => ReceiptProof.Read(message.Receipt),
            _ => throw new MalformedBytesException("The proof file claims nothing: it holds neither a transaction nor a receipt nor an entry of the state."),
        };
    }

    internal static Hash[] ReadPath(IReadOnlyList<ByteString> path) => path.Count <= LongestTreePath
        ? [.. path.Select(ReadHash)]
        : throw new MalformedBytesException($"A path in a Merkle tree has at most {LongestTreePath} hashes, this one has {path.Count}.");

    internal static Hash ReadHash(ByteString bytes) => bytes.Length == Hash.Size
        ? new Hash(bytes.Span)
        : throw new MalformedBytesException($"A hash of the path has {Hash.Size} bytes, this one has {bytes.Length}.");

    internal static ByteString Bytes(Hash hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());
}
