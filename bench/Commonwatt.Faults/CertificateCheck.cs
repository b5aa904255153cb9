namespace Commonwatt.Faults;

/// <summary>Counts the voting power under a block by itself, so that a fault in the ledger's own counting shows.</summary>
internal static class CertificateCheck
{
    /// <summary>Whether validators with more than two thirds of the power signed, each counted once.</summary>
    public static bool IsEnough(FinalBlock block)
    {
        Hash digest = block.Header.SigningDigest();
        Certificate certificate = Certificate.Parser.ParseFrom(block.Certificate.ToArray());
        ulong signed = 0;
        ulong total = 0;
        foreach (ValidatorMember member in block.Executed.Validators.Members)
        {
            total += member.Power;
            signed += certificate.Signatures.Any(one => IsBy(member, one, digest)) ? member.Power : 0;
        }

        return signed * 3 > total * 2;
    }

    private static bool IsBy(ValidatorMember member, ValidatorSignature signature, Hash digest) =>
        new Address(signature.Validator.Span) == member.Address && member.Key.Verify(digest, signature.Signature.Span);
}
