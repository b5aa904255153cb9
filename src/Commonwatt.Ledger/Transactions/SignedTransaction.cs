using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Transactions;

/// <summary>A transaction as it was sent: calls that apply together or not at all, from one sender, good once.</summary>
public sealed class SignedTransaction
{
    private readonly ReadOnlyMemory<byte> body;

    private SignedTransaction(byte[] bytes, ReadOnlyMemory<byte> body, TransactionBody parsed, PublicKey? publicKey, byte[] signature)
    {
        Bytes = bytes;
        this.body = body;
        Id = Hash.Of(body.Span);
        LedgerId = new Hash(parsed.LedgerId.Span);
        Sender = new Address(parsed.Sender.Span);
        Nonce = parsed.Nonce;
        ExpiresAt = WireTime.Read(parsed.ExpiresAtMs, "The expiry of a transaction");
        Calls = parsed.Calls;
        PublicKey = publicKey;
        Signature = signature;
    }

    /// <summary>The encoded <c>Transaction</c> message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of the body; the signature has no part in it.</summary>
    public Hash Id { get; }

    /// <summary>What is signed: SHA-256 over <c>commonwatt/tx/1</c> and the body. Computed anew at each call.</summary>
    public Hash Digest => DigestOf(body.Span);

    /// <summary>The ledger it is meant for.</summary>
    public Hash LedgerId { get; }

    /// <summary>Who sent it.</summary>
    public Address Sender { get; }

    /// <summary>The sender's count, which must be greater than that of his last transaction.</summary>
    public ulong Nonce { get; }

    /// <summary>It counts only in blocks before this time.</summary>
    public Instant ExpiresAt { get; }

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<Call> Calls { get; }

    /// <summary>The sender's key, or null on a ledger without signatures.</summary>
    public PublicKey? PublicKey { get; }

    /// <summary>64 bytes, or none on a ledger without signatures.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Whether the key is the sender's and the signature is the key's.</summary>
    public bool IsSignatureValid() =>
        PublicKey is not null && Address.Of(PublicKey) == Sender && PublicKey.Verify(Digest, Signature.Span);

    /// <summary>Signs a transaction.</summary>
    public static SignedTransaction Sign(TransactionBody body, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(key);
        byte[] encoded = body.ToByteArray();
        byte[] signature = key.Sign(DigestOf(encoded));
        return Make(encoded, body, key.PublicKey, signature);
    }

    /// <summary>A transaction for a ledger without signatures.</summary>
    public static SignedTransaction Unsigned(TransactionBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Make(body.ToByteArray(), body, publicKey: null, signature: []);
    }

    /// <summary>Reads a transaction.</summary>
    /// <exception cref="MalformedBytesException">It is not a transaction, exceeds a limit, or is not encoded in the one way.</exception>
    public static SignedTransaction Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > TransactionLimits.Bytes)
        {
            throw new MalformedBytesException($"A transaction has at most {TransactionLimits.Bytes} bytes, this one has {bytes.Length}.");
        }

        Transaction outer = WireMessage.Decode(Transaction.Parser, bytes);
        TransactionBody body = WireMessage.Decode(TransactionBody.Parser, outer.Body.Span);
        CheckSizes(outer, body);
        PublicKey? key = outer.PublicKey.IsEmpty ? null : PublicKey.FromCompressed(outer.PublicKey.Span);
        return new SignedTransaction(bytes.ToArray(), outer.Body.Memory, body, key, outer.Signature.ToByteArray());
    }

    private static SignedTransaction Make(byte[] encodedBody, TransactionBody body, PublicKey? publicKey, byte[] signature)
    {
        var outer = new Transaction
        {
            Body = UnsafeByteOperations.UnsafeWrap(encodedBody),
            PublicKey = publicKey is null ? ByteString.Empty : ByteString.CopyFrom(publicKey.Compressed),
            Signature = UnsafeByteOperations.UnsafeWrap(signature),
        };
        CheckSizes(outer, body);
        byte[] bytes = outer.ToByteArray();
        return bytes.Length <= TransactionLimits.Bytes
            ? new SignedTransaction(bytes, encodedBody, body, publicKey, signature)
            : throw new MalformedBytesException($"A transaction has at most {TransactionLimits.Bytes} bytes, this one has {bytes.Length}.");
    }

    private static void CheckSizes(Transaction outer, TransactionBody body)
    {
        if (body.LedgerId.Length != Hash.Size || body.Sender.Length != Address.Size)
        {
            throw new MalformedBytesException("A transaction names its ledger in 32 bytes and its sender in 20.");
        }

        if (body.Calls.Count is 0 or > TransactionLimits.Calls)
        {
            throw new MalformedBytesException($"A transaction has 1 to {TransactionLimits.Calls} calls, this one has {body.Calls.Count}.");
        }

        if (outer.PublicKey.IsEmpty != outer.Signature.IsEmpty || outer.Signature.Length is not (0 or Keys.Signature.Size))
        {
            throw new MalformedBytesException("A transaction has a key and a signature of 64 bytes, or, on a ledger without signatures, neither.");
        }
    }

    private static Hash DigestOf(ReadOnlySpan<byte> body) => Hash.Of("commonwatt/tx/1", body);
}
