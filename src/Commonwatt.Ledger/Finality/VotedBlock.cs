using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Google.Protobuf;

namespace Commonwatt.Ledger.Finality;

/// <summary>A block that a validator signed: the vote, and what the block holds, so that it can be made final though the order lost its batch.</summary>
/// <param name="Vote">The vote.</param>
/// <param name="Content">The encoded genesis or batch; empty where the vote was only heard.</param>
public sealed record VotedBlock(Vote Vote, ReadOnlyMemory<byte> Content)
{
    /// <summary>The signed header.</summary>
    public BlockHeader Header => Vote.Header;

    /// <summary>The encoded <c>VotedBlock</c> message.</summary>
    public byte[] ToArray() => new Wire.Finality.VotedBlock { Vote = Vote.ToMessage(), Content = UnsafeByteOperations.UnsafeWrap(Content) }.ToByteArray();

    /// <summary>Reads a voted block; the signature is not checked.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no voted block in its one encoding.</exception>
    public static VotedBlock Decode(ReadOnlySpan<byte> bytes)
    {
        Wire.Finality.VotedBlock message = WireMessage.Decode(Wire.Finality.VotedBlock.Parser, bytes);
        return new VotedBlock(Vote.Read(message.Vote), message.Content.Memory);
    }
}
