using System.CommandLine;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Node.Commands;

/// <summary><c>light-client --headers FILE</c>: follows a ledger by its headers and certificates alone, from its id or from validators that are trusted.</summary>
internal static class LightClientCommand
{
    private static readonly Option<string> Headers = new("--headers") { Description = "The file of headers, as 'headers' writes it", Required = true, HelpName = "FILE" };

    private static readonly Option<string?> LedgerId = new("--ledger-id")
    {
        Description = "The ledger, 64 hexadecimal digits, from a source you trust: without --validators, its genesis in the file names the first ones",
        HelpName = "ID",
    };

    private static readonly Option<string?> Validators = new("--validators") { Description = "Start from these validators, from a source you trust; headers below their height are passed over", HelpName = "SET" };

    private static readonly Option<string?> TrustOut = new("--trust-out") { Description = "Write the newest header's validators and height to this file, which --validators and check-proof take", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "light-client",
            "Follow a ledger by its headers and certificates, without executing anything, and say what is to be trusted now.",
            "./commonwatt light-client --ledger-id b6fb256d6c6d656c1a7090d6a649a8ad6b28db6aa0e6992a813ae8a9a12fc58b --headers community.headers",
            "./commonwatt light-client --validators community.validators --headers community.headers --trust-out newer.validators")
        {
            Headers, LedgerId, Validators, TrustOut, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string? id = parsed.GetValue(LedgerId);
        TrustedValidators? trusted = parsed.GetValue(Validators) is { } set ? TrustFile.Read(set, id) : null;
        Hash ledger = trusted?.LedgerId ?? Ledger(id);
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Headers), "file of headers");
        string? target = parsed.GetValue(TrustOut) is { } named ? SharedOptions.OutputFile(named, path) : null;
        HeaderFollower followed = Follow(path, ledger, trusted);
        if (target is not null && followed is { Fault: null, Client: { Newest: { } newest } client })
        {
            File.WriteAllText(target, new TrustedValidators(ledger, client.Validators, newest.Height).ToText());
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
        {
            FollowedText.WriteJson(output, path, followed);
        }
        else
        {
            FollowedText.Write(output, path, followed);
        }

        return followed.Fault is null ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static HeaderFollower Follow(string path, Hash ledger, TrustedValidators? trusted)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 * 1024);
        return trusted is null
            ? HeaderFollower.Follow(file, ledger, Environment.ProcessorCount)
            : HeaderFollower.Follow(file, trusted, Environment.ProcessorCount);
    }

    private static Hash Ledger(string? id)
    {
        if (id is null)
        {
            throw new InvalidDataException("Say whom to trust: --ledger-id with the ledger's id, or --validators with a file of validators, from a source you trust.");
        }

        return Hash.TryParse(id, out Hash ledger)
            ? ledger
            : throw new InvalidDataException($"--ledger-id: '{id}' is no ledger's id: that has 64 hexadecimal digits.");
    }
}
