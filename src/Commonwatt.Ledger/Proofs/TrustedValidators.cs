using System.Globalization;
using System.Text;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Whom a checker of proofs trusts: a ledger and its validators, in a file of text that he keeps from a source he trusts.</summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Validators">Its validators.</param>
/// <param name="Height">The height of a block that they make final, where a light client starts; null where it is not told, which is as good as 0.</param>
public sealed record TrustedValidators(Hash LedgerId, ValidatorSet Validators, ulong? Height = null)
{
    /// <summary>The most characters of such a file: a thousand validators, and room for comments.</summary>
    public const int MostCharacters = 1024 * 1024;

    /// <summary>The first line of such a file.</summary>
    public const string FirstLine = "commonwatt/validators/1";

    /// <summary>The text of the file.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{FirstLine}\nledger {LedgerId}\n");
        if (Height is { } height)
        {
            text.Append(CultureInfo.InvariantCulture, $"height {height}\n");
        }

        foreach (ValidatorMember member in Validators.Members)
        {
            text.Append(CultureInfo.InvariantCulture, $"validator {member.Key} {member.Power}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads the text of such a file.</summary>
    /// <exception cref="MalformedBytesException">It is none; the message names the line.</exception>
    public static TrustedValidators Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Length <= MostCharacters
            ? text.Split('\n')
            : throw new MalformedBytesException($"A file of validators has at most {MostCharacters} characters, this one has {text.Length}.");
        if (lines[0].TrimEnd() != FirstLine)
        {
            throw new MalformedBytesException($"This is no file of validators: its first line is not '{FirstLine}'.");
        }

        Hash? ledger = null;
        ulong? height = null;
        var members = new List<ValidatorMember>();
        for (int index = 1; index < lines.Length; index++)
        {
            switch (lines[index].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                case [] or [['#', ..], ..]:
                    break;
                case ["ledger", var id] when ledger is null && Hash.TryParse(id, out Hash parsed):
                    ledger = parsed;
                    break;
                case ["height", var digits] when height is null && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number):
                    height = number;
                    break;
                case ["validator", var key, var power]:
                    members.Add(ReadMember(key, power, index + 1));
                    break;
                default:
                    throw new MalformedBytesException($"Line {index + 1} of the validators is neither 'ledger', once, with 64 hexadecimal digits, nor 'height', once, with a whole number, nor 'validator' with a key and its power.");
            }
        }

        return new TrustedValidators(ledger ?? throw new MalformedBytesException("The validators name no ledger: add a line 'ledger' with its id in 64 hexadecimal digits."), SetOf(members), height);
    }

    private static ValidatorMember ReadMember(string key, string power, int line)
    {
        if (key.Length != PublicKey.Size * 2 || !key.All(char.IsAsciiHexDigit) || !ulong.TryParse(power, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            throw new MalformedBytesException($"Line {line} of the validators needs a public key in {PublicKey.Size * 2} hexadecimal digits and its power, a whole number.");
        }

        try
        {
            return new ValidatorMember(PublicKey.FromCompressed(Convert.FromHexString(key)), number);
        }
        catch (MalformedBytesException exception)
        {
            throw new MalformedBytesException($"Line {line} of the validators: {exception.Message}", exception);
        }
    }

    private static ValidatorSet SetOf(List<ValidatorMember> members)
    {
        try
        {
            return new ValidatorSet(members);
        }
        catch (ArgumentException exception)
        {
            throw new MalformedBytesException(exception.Message, exception);
        }
    }
}
