using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Ledger.Finality;

/// <summary>Evidence against a validator: two headers of one height, both signed by it.</summary>
/// <remarks>It convicts by itself: whoever has the validator's key can check it, and nobody without that key can make it.</remarks>
public sealed class Equivocation
{
    private Equivocation(Vote first, Vote second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The vote for the header with the lesser hash.</summary>
    public Vote First { get; }

    /// <summary>The vote for the other one.</summary>
    public Vote Second { get; }

    /// <summary>Whom it is evidence against.</summary>
    public Address Validator => First.Validator;

    /// <summary>The evidence that two votes are, in either order, or null where they are none. Signatures are not checked.</summary>
    public static Equivocation? Of(Vote one, Vote other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        bool isEvidence = one.Validator == other.Validator
            && one.Header.LedgerId == other.Header.LedgerId
            && one.Header.Height == other.Header.Height
            && one.HeaderHash != other.HeaderHash;
        return !isEvidence ? null
            : one.HeaderHash.CompareTo(other.HeaderHash) < 0 ? new Equivocation(one, other)
            : new Equivocation(other, one);
    }

    /// <summary>Checks that it convicts the owner of a key, on a ledger.</summary>
    /// <param name="ledgerId">The ledger.</param>
    /// <param name="key">The key of the accused.</param>
    /// <returns>Null where it does, or a sentence that says why not.</returns>
    public string? FindFault(Hash ledgerId, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return First.Header.LedgerId != ledgerId ? $"The headers are of the ledger {First.Header.LedgerId}, not of {ledgerId}."
            : !First.IsSignedBy(key) ? $"The first vote is not signed by {Address.Of(key)}."
            : !Second.IsSignedBy(key) ? $"The second vote is not signed by {Address.Of(key)}."
            : null;
    }

    /// <summary>The encoded <c>Equivocation</c> message.</summary>
    public byte[] ToArray() => new Wire.Finality.Equivocation { First = First.ToMessage(), Second = Second.ToMessage() }.ToByteArray();

    /// <summary>Reads evidence; its signatures are not checked.</summary>
    /// <exception cref="MalformedBytesException">It is not evidence in its one encoding: two votes that contradict each other, the lesser hash first.</exception>
    public static Equivocation Decode(ReadOnlySpan<byte> bytes)
    {
        Wire.Finality.Equivocation message = WireMessage.Decode(Wire.Finality.Equivocation.Parser, bytes);
        var first = Vote.Read(message.First);
        var second = Vote.Read(message.Second);
        return Of(first, second) is { } evidence && ReferenceEquals(evidence.First, first)
            ? evidence
            : throw new MalformedBytesException("The two votes are no evidence: they must be one validator's, for two headers of one height, the header with the lesser hash first.");
    }
}
