using System.CommandLine.Parsing;
using System.Globalization;

namespace Commonwatt.Node.Commands;

/// <summary>Reads an option that takes a whole number.</summary>
internal static class WholeNumber
{
    /// <summary>The number after the option, or an error that names what stands there.</summary>
    public static long? Parse(ArgumentResult argument)
    {
        string word = argument.Tokens[0].Value;
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        string option = argument.Parent is OptionResult result ? result.Option.Name : "The option";
        argument.AddError($"{option}: '{word}' is not a whole number, such as 7.");
        return null;
    }
}
