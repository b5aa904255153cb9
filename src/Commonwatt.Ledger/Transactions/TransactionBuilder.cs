using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Transactions;

/// <summary>Makes one sender's transactions for one ledger, counting his nonces.</summary>
/// <param name="ledgerId">The ledger.</param>
/// <param name="key">The sender's key.</param>
/// <param name="withSignatures">False for a ledger whose genesis does without them.</param>
public sealed class TransactionBuilder(Hash ledgerId, SigningKey key, bool withSignatures = true)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ByteString ledger = ByteString.CopyFrom(ledgerId.ToArray());
    private readonly ByteString sender = ByteString.CopyFrom(key.Address.ToArray());
    private ulong lastNonce;

    /// <summary>The sender.</summary>
    public Address Sender => key.Address;

    /// <summary>The sender's public key.</summary>
    public PublicKey PublicKey => key.PublicKey;

    /// <summary>One call of a method.</summary>
    public static Call Call(string contract, string method, IMessage arguments) =>
        new() { Contract = contract, Method = method, Arguments = arguments.ToByteString() };

    /// <summary>A transaction of these calls, good for twelve hours from <paramref name="now"/>.</summary>
    public SignedTransaction Build(Instant now, params ReadOnlySpan<Call> calls)
    {
        lastNonce++;
        var body = new TransactionBody
        {
            LedgerId = ledger,
            Sender = sender,
            Nonce = lastNonce,
            ExpiresAtMs = WireTime.Write(now + Lifetime, "The expiry of a transaction"),
        };
        foreach (Call call in calls)
        {
            body.Calls.Add(call);
        }

        return withSignatures ? SignedTransaction.Sign(body, key) : SignedTransaction.Unsigned(body);
    }

    /// <summary>Goes on after a nonce that is known to be used.</summary>
    public void ContinueAfter(ulong nonce) => lastNonce = ulong.Max(lastNonce, nonce);
}
