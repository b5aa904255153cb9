using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Transactions;

/// <summary>A transaction as it was sent: calls that apply together or not at all, from one sender, good once.</summary>
public sealed class SignedTransaction
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly ReadOnlyMemory<byte> compressedKey;

    private SignedTransaction(byte[] bytes, ReadOnlyMemory<byte> body, TransactionBody parsed, ReadOnlyMemory<byte> compressedKey, byte[] signature)
    {
        Bytes = bytes;
        this.body = body;
        Id = Hash.Of(body.Span);
        LedgerId = new Hash(parsed.LedgerId.Span);
        Sender = new Address(parsed.Sender.Span);
        Nonce = parsed.Nonce;
        ExpiresAt = WireTime.Read(parsed.ExpiresAtMs, "The expiry of a transaction");
        Calls = parsed.Calls;
        this.compressedKey = compressedKey;
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

    /// <summary>64 bytes, or none on a ledger without signatures.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Whether the key is the sender's and the signature is the key's.</summary>
    public bool IsSignatureValid()
    {
        // Finding a key's y costs as much as verifying with it, so the key is read here and not when the transaction arrives.
        if (compressedKey.IsEmpty || Address.OfCompressed(compressedKey.Span) != Sender)
        {
            return false;
        }

        try
        {
            return PublicKey.FromCompressed(compressedKey.Span).Verify(Digest, Signature.Span);
        }
        catch (MalformedBytesException)
        {
            // Bytes that are no point on the curve are nobody's key.
            return false;
        }
    }

    /// <summary>Signs a transaction.</summary>
    public static SignedTransaction Sign(TransactionBody body, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(key);
        byte[] encoded = body.ToByteArray();
        byte[] signature = key.Sign(DigestOf(encoded));
        return Make(encoded, body, ByteString.CopyFrom(key.PublicKey.Compressed), signature);
    }

    /// <summary>A transaction for a ledger without signatures.</summary>
    public static SignedTransaction Unsigned(TransactionBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Make(body.ToByteArray(), body, publicKey: ByteString.Empty, signature: []);
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
        return new SignedTransaction(bytes.ToArray(), outer.Body.Memory, body, outer.PublicKey.Memory, outer.Signature.ToByteArray());
    }

    private static SignedTransaction Make(byte[] encodedBody, TransactionBody body, ByteString publicKey, byte[] signature)
    {
        var outer = new Transaction
        {
            Body = UnsafeByteOperations.UnsafeWrap(encodedBody),
            PublicKey = publicKey,
            Signature = UnsafeByteOperations.UnsafeWrap(signature),
        };
        CheckSizes(outer, body);
        byte[] bytes = outer.ToByteArray();
        return bytes.Length <= TransactionLimits.Bytes
            ? new SignedTransaction(bytes, encodedBody, body, publicKey.Memory, signature)
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

        if (outer.PublicKey.IsEmpty != outer.Signature.IsEmpty
            || outer.PublicKey.Length is not (0 or PublicKey.Size)
            || outer.Signature.Length is not (0 or Keys.Signature.Size))
        {
            throw new MalformedBytesException("A transaction has a key of 33 bytes and a signature of 64, or, on a ledger without signatures, neither.");
        }
    }

    private static Hash DigestOf(ReadOnlySpan<byte> body) => Hash.Of("commonwatt/tx/1", body);
}
