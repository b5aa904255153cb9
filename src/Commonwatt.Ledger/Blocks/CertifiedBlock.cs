using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Blocks;

/// <summary>A final block as it stands in a ledger file: header, content and certificate.</summary>
/// <param name="Header">The header.</param>
/// <param name="Content">Height 0: the encoded genesis. Above: the encoded batch.</param>
/// <param name="Certificate">The signatures that make it final.</param>
public sealed record CertifiedBlock(BlockHeader Header, ReadOnlyMemory<byte> Content, BlockCertificate Certificate)
{
    /// <summary>The encoded <c>Block</c> message.</summary>
    public byte[] ToArray() => new Block
    {
        Header = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Header)),
        Content = UnsafeByteOperations.UnsafeWrap(Content),
        Certificate = UnsafeByteOperations.UnsafeWrap(Certificate.ToArray()),
    }.ToByteArray();

    /// <summary>Reads a block; its content is left as bytes.</summary>
    /// <exception cref="MalformedBytesException">The bytes are not a block in its one encoding.</exception>
    public static CertifiedBlock Decode(ReadOnlySpan<byte> bytes)
    {
        Block block = WireMessage.Decode(Block.Parser, bytes);
        return new CertifiedBlock(
            CanonicalReader.Decode<BlockHeader>(block.Header.Span),
            block.Content.Memory,
            BlockCertificate.Decode(block.Certificate.Span));
    }
}
