using System.CommandLine.Parsing;

namespace Commonwatt.Node.Commands;

/// <summary>The value of an option that is on or off.</summary>
internal enum OnOff
{
    /// <summary>Not done.</summary>
    Off,

    /// <summary>Done.</summary>
    On,
}

/// <summary>Reads <c>on</c> and <c>off</c>.</summary>
internal static class Switch
{
    /// <summary>The value of the one word after the option, or an error that names it.</summary>
    public static OnOff Parse(ArgumentResult argument)
    {
        string word = argument.Tokens[0].Value;
        switch (word)
        {
            case "on":
                return OnOff.On;
            case "off":
                return OnOff.Off;
            default:
                argument.AddError($"--signatures is 'on' or 'off', not '{word}'.");
                return OnOff.On;
        }
    }
}
