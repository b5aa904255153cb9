using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Node.Commands;

/// <summary>Whom a command trusts: a file of validators and the ledger's id, as the command line names them.</summary>
internal static class TrustFile
{
    /// <summary>Reads a file of validators.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ledgerId">The ledger that is meant, in hexadecimal digits, or null where the file alone says it.</param>
    /// <exception cref="InvalidDataException">It is none, or of another ledger; the message says which.</exception>
    public static TrustedValidators Read(string path, string? ledgerId)
    {
        SharedOptions.RequireFile(path, "file of validators");
        if (new FileInfo(path).Length > TrustedValidators.MostCharacters)
        {
            throw new InvalidDataException($"{path}: A file of validators has at most {TrustedValidators.MostCharacters} characters.");
        }

        TrustedValidators trusted;
        try
        {
            trusted = TrustedValidators.Parse(File.ReadAllText(path));
        }
        catch (MalformedBytesException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }

        if (ledgerId is null)
        {
            return trusted;
        }

        return Hash.TryParse(ledgerId, out Hash named) && named == trusted.LedgerId
            ? trusted
            : throw new InvalidDataException($"--ledger-id: '{ledgerId}' is not the ledger of {path}, {trusted.LedgerId}: take the validators of the ledger you mean.");
    }
}
