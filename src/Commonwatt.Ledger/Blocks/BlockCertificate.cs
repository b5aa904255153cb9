using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Ledger.Blocks;

/// <summary>The signatures that make a block final: of validators with more than two thirds of the voting power, over one header.</summary>
public sealed class BlockCertificate
{
    private readonly Certificate message;

    private BlockCertificate(Certificate message) => this.message = message;

    /// <summary>How many validators signed.</summary>
    public int Count => message.Signatures.Count;

    /// <summary>The encoded certificate.</summary>
    public byte[] ToArray() => message.ToByteArray();

    /// <summary>A certificate of these signatures, in any order.</summary>
    public static BlockCertificate Of(IEnumerable<(Address Validator, byte[] Signature)> signatures)
    {
        var made = new Certificate();
        foreach ((Address validator, byte[] signature) in signatures.OrderBy(one => one.Validator))
        {
            made.Signatures.Add(new ValidatorSignature
            {
                Validator = ByteString.CopyFrom(validator.ToArray()),
                Signature = ByteString.CopyFrom(signature),
            });
        }

        return new BlockCertificate(made);
    }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="MalformedBytesException">The bytes are not a certificate in its one encoding.</exception>
    public static BlockCertificate Decode(ReadOnlySpan<byte> bytes) => new(WireMessage.Decode(Certificate.Parser, bytes));

    /// <summary>Checks that these signatures make <paramref name="header"/> final.</summary>
    /// <param name="header">The header.</param>
    /// <param name="validators">The validators of that height.</param>
    /// <returns>Null where they do, or a sentence that says why not.</returns>
    public string? FindFault(BlockHeader header, ValidatorSet validators)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(validators);
        Hash digest = header.SigningDigest();
        ulong power = 0;
        Address? previous = null;
        foreach (ValidatorSignature one in message.Signatures)
        {
            if (one.Validator.Length != Address.Size)
            {
                return "A signature of the certificate names its validator in a wrong number of bytes.";
            }

            var address = new Address(one.Validator.Span);
            if (previous is { } before && address.CompareTo(before) <= 0)
            {
                return "The signatures of the certificate do not stand by ascending address, each validator once.";
            }

            previous = address;
            if (validators.Find(address) is not { } validator)
            {
                return $"The certificate is signed by {address}, who is no validator at this height.";
            }

            if (!validator.Key.Verify(digest, one.Signature.Span))
            {
                return $"The signature of the validator {address} is not valid for this header.";
            }

            power += validator.Power;
        }

        return validators.IsQuorum(power)
            ? null
            : $"The certificate holds a voting power of {power} out of {validators.TotalPower}: more than two thirds are needed.";
    }
}
