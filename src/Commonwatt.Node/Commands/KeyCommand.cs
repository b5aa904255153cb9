using System.CommandLine;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>key --out FILE</c>: makes a key.</summary>
internal static class KeyCommand
{
    private static readonly Option<string> Out = new("--out") { Description = "The file for the key, which only you may read", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        Verb verb = new("key", "Make a key for a validator, a member or a manager, and say its address.", "./commonwatt key --out validator.pem")
        {
            Out,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        using SigningKey key = KeyFile.Make(parsed.GetRequiredValue(Out));
        new Facts().Add("address", key.Address.ToString()).Add("public key", key.PublicKey.ToString()).Write(parsed.InvocationConfiguration.Output);
        return ExitCode.Done;
    }
}
