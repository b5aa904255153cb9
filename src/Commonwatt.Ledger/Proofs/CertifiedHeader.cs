using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>A header with the signatures that make it final: all that a light client needs of a block.</summary>
/// <param name="Header">The header.</param>
/// <param name="Certificate">The signatures over it.</param>
public sealed record CertifiedHeader(BlockHeader Header, BlockCertificate Certificate)
{
    /// <summary>Checks that these validators made the header final, and on this ledger.</summary>
    /// <param name="validators">The validators of the header's height, from a source that is trusted.</param>
    /// <param name="ledgerId">The ledger, from a source that is trusted.</param>
    /// <returns>Null where they did, or a sentence that says why not.</returns>
    public string? Check(ValidatorSet validators, Hash ledgerId)
    {
        ArgumentNullException.ThrowIfNull(validators);
        return FindFaultOfNames(validators.SetHash(), ledgerId) ?? Certificate.FindFault(Header, validators);
    }

    /// <summary>Checks that the header names the ledger and the validators that are trusted: what can be said before any signature is checked.</summary>
    internal string? FindFaultOfNames(Hash trusted, Hash ledgerId)
    {
        if (Header.LedgerId != ledgerId)
        {
            return $"The header is of the ledger {Header.LedgerId}, not of {ledgerId}.";
        }

        // A certificate of another set could hold enough of its power; the header says whose height it is.
        return Header.ValidatorsHash == trusted
            ? null
            : $"The validators at height {Header.Height} are the set {Header.ValidatorsHash}, and those trusted are the set {trusted}: they are of another ledger or another height.";
    }

    internal Wire.Proofs.CertifiedHeader ToMessage() => new()
    {
        Header = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Header)),
        Certificate = UnsafeByteOperations.UnsafeWrap(Certificate.ToArray()),
    };

    internal static CertifiedHeader Read(Wire.Proofs.CertifiedHeader? message) => message is null
        ? throw new MalformedBytesException("The proof has no header.")
        : new CertifiedHeader(CanonicalReader.Decode<BlockHeader>(message.Header.Span), BlockCertificate.Decode(message.Certificate.Span));
}
