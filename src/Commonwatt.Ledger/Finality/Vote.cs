using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Ledger.Finality;

/// <summary>A validator's signature under a header. An honest validator signs one header a height, ever.</summary>
public sealed class Vote
{
    private readonly byte[] signature;
    private readonly Hash digest;

    private Vote(BlockHeader header, Address validator, byte[] signature)
    {
        Header = header;
        Validator = validator;
        this.signature = signature;
        HeaderHash = header.HeaderHash();
        digest = header.SigningDigest();
    }

    /// <summary>What is voted for.</summary>
    public BlockHeader Header { get; }

    /// <summary>Its hash.</summary>
    public Hash HeaderHash { get; }

    /// <summary>Who says to have signed.</summary>
    public Address Validator { get; }

    /// <summary>The signature: 64 bytes.</summary>
    public ReadOnlySpan<byte> Signature => signature;

    /// <summary>Signs a header.</summary>
    public static Vote Sign(BlockHeader header, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(key);
        return new Vote(header, key.Address, key.Sign(header.SigningDigest()));
    }

    /// <summary>Whether the signature is that of <paramref name="key"/>, and the validator its owner.</summary>
    public bool IsSignedBy(PublicKey key) => Address.Of(key) == Validator && key.Verify(digest, signature);

    /// <summary>The encoded <c>Vote</c> message.</summary>
    public byte[] ToArray() => ToMessage().ToByteArray();

    /// <summary>Reads a vote; its signature is not checked.</summary>
    /// <exception cref="MalformedBytesException">The bytes are not a vote in its one encoding.</exception>
    public static Vote Decode(ReadOnlySpan<byte> bytes) => Read(WireMessage.Decode(Wire.Finality.Vote.Parser, bytes));

    internal Wire.Finality.Vote ToMessage() => new()
    {
        Header = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Header)),
        Validator = UnsafeByteOperations.UnsafeWrap(Validator.ToArray()),
        Signature = UnsafeByteOperations.UnsafeWrap(signature),
    };

    internal static Vote Read(Wire.Finality.Vote? message)
    {
        if (message is not { Validator.Length: Address.Size, Signature.Length: Keys.Signature.Size })
        {
            throw new MalformedBytesException($"A vote has a header, an address of {Address.Size} bytes and a signature of {Keys.Signature.Size}.");
        }

        return new Vote(CanonicalReader.Decode<BlockHeader>(message.Header.Span), new Address(message.Validator.Span), message.Signature.ToByteArray());
    }
}
