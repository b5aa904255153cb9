using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Wire.Finality;
using Google.Protobuf;

namespace Commonwatt.Ledger.Finality;

/// <summary>What validators say to each other: a vote, a certified header, or a request for certificates.</summary>
/// <param name="Vote">A vote, or null.</param>
/// <param name="Certified">A header that is final, or null.</param>
/// <param name="RequestFrom">The height from which on somebody lacks certificates, or null.</param>
internal sealed record FinalityMessage(Vote? Vote = null, CertifiedHeader? Certified = null, ulong? RequestFrom = null)
{
    /// <summary>The encoded message, for a ledger.</summary>
    public byte[] ToArray(Hash ledgerId)
    {
        var message = new Wire.Finality.FinalityMessage();
        if (Vote is not null)
        {
            message.Vote = Vote.ToMessage();
        }
        else if (Certified is not null)
        {
            message.Certified = new Certified
            {
                Header = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Certified.Header)),
                Certificate = UnsafeByteOperations.UnsafeWrap(Certified.Certificate.ToArray()),
            };
        }
        else
        {
            message.Request = new CertificateRequest { LedgerId = UnsafeByteOperations.UnsafeWrap(ledgerId.ToArray()), FromHeight = RequestFrom ?? 0 };
        }

        return message.ToByteArray();
    }

    /// <summary>Reads a message that is for a ledger.</summary>
    /// <returns>Null where it is for another one.</returns>
    /// <exception cref="MalformedBytesException">The bytes are no message in its one encoding.</exception>
    public static FinalityMessage? Decode(ReadOnlySpan<byte> bytes, Hash ledgerId)
    {
        Wire.Finality.FinalityMessage message = WireMessage.Decode(Wire.Finality.FinalityMessage.Parser, bytes);
        FinalityMessage read = message.ContentCase switch
        {
            Wire.Finality.FinalityMessage.ContentOneofCase.Vote => new(Finality.Vote.Read(message.Vote)),
            Wire.Finality.FinalityMessage.ContentOneofCase.Certified => new(Certified: new CertifiedHeader(
                CanonicalReader.Decode<BlockHeader>(message.Certified.Header.Span),
                BlockCertificate.Decode(message.Certified.Certificate.Span))),
            Wire.Finality.FinalityMessage.ContentOneofCase.Request => new(RequestFrom: message.Request.FromHeight),
            _ => throw new MalformedBytesException("The message says nothing."),
        };
        Hash meant = read.Vote?.Header.LedgerId ?? read.Certified?.Header.LedgerId
            ?? (message.Request.LedgerId.Length == Hash.Size ? new Hash(message.Request.LedgerId.Span) : Hash.Zero);
        return meant == ledgerId ? read : null;
    }
}
