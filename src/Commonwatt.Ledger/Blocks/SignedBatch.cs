using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Blocks;

/// <summary>Transactions that a validator gathered, in the order they are to be executed, with its clock's time and its signature.</summary>
public sealed class SignedBatch
{
    /// <summary>The most bytes of an encoded batch: a mebibyte of transactions and one more.</summary>
    public const int MostBytes = (1024 * 1024) + TransactionLimits.Bytes + 1024;

    private readonly byte[] signature;

    private SignedBatch(byte[] bytes, BatchBody body, IReadOnlyList<SignedTransaction> transactions, Hash digest, byte[] signature)
    {
        Bytes = bytes;
        LedgerId = new Hash(body.LedgerId.Span);
        Proposer = new Address(body.Proposer.Span);
        Number = body.Number;
        Time = WireTime.Read(body.TimeMs, "The clock of a batch");
        Transactions = transactions;
        Digest = digest;
        this.signature = signature;
    }

    /// <summary>The encoded <c>Batch</c> message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The ledger it is meant for.</summary>
    public Hash LedgerId { get; }

    /// <summary>The validator that gathered it.</summary>
    public Address Proposer { get; }

    /// <summary>The proposer's own count, from 1: a batch that comes again is dropped by it.</summary>
    public ulong Number { get; }

    /// <summary>The proposer's clock.</summary>
    public Instant Time { get; }

    /// <summary>What the proposer signed: SHA-256 over <c>commonwatt/batch/1</c> and the body.</summary>
    public Hash Digest { get; }

    /// <summary>The transactions in order.</summary>
    public IReadOnlyList<SignedTransaction> Transactions { get; }

    /// <summary>Whether <paramref name="key"/> signed it.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Digest, signature);
    }

    /// <summary>Gathers and signs a batch.</summary>
    public static SignedBatch Sign(Hash ledgerId, ulong number, Instant time, IReadOnlyList<SignedTransaction> transactions, SigningKey proposer)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(proposer);
        var body = new BatchBody
        {
            LedgerId = ByteString.CopyFrom(ledgerId.ToArray()),
            Proposer = ByteString.CopyFrom(proposer.Address.ToArray()),
            Number = number,
            TimeMs = WireTime.Write(time, "The clock of a batch"),
        };
        foreach (SignedTransaction transaction in transactions)
        {
            body.Transactions.Add(UnsafeByteOperations.UnsafeWrap(transaction.Bytes));
        }

        byte[] encoded = body.ToByteArray();
        Hash digest = DigestOf(encoded);
        byte[] signature = proposer.Sign(digest);
        byte[] bytes = new Batch { Body = UnsafeByteOperations.UnsafeWrap(encoded), Signature = UnsafeByteOperations.UnsafeWrap(signature) }.ToByteArray();
        return new SignedBatch(bytes, body, transactions, digest, signature);
    }

    /// <summary>Reads a batch and every transaction in it.</summary>
    /// <exception cref="MalformedBytesException">It is not a batch in its one encoding, or holds something that is no transaction.</exception>
    public static SignedBatch Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw new MalformedBytesException($"A batch has at most {MostBytes} bytes, this one has {bytes.Length}.");
        }

        Batch outer = WireMessage.Decode(Batch.Parser, bytes);
        BatchBody body = WireMessage.Decode(BatchBody.Parser, outer.Body.Span);
        if (body.LedgerId.Length != Hash.Size || body.Proposer.Length != Address.Size)
        {
            throw new MalformedBytesException("A batch names its ledger in 32 bytes and its proposer in 20.");
        }

        var transactions = new SignedTransaction[body.Transactions.Count];
        for (int index = 0; index < transactions.Length; index++)
        {
            transactions[index] = SignedTransaction.Decode(body.Transactions[index].Span);
        }

        return new SignedBatch(bytes.ToArray(), body, transactions, DigestOf(outer.Body.Span), outer.Signature.ToByteArray());
    }

    private static Hash DigestOf(ReadOnlySpan<byte> body) => Hash.Of("commonwatt/batch/1", body);
}
