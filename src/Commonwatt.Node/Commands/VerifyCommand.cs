using System.CommandLine;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>verify LEDGER</c>: checks every block, every rule and every account of a ledger file.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Ledger = new("LEDGER") { Description = "The ledger file, such as out/neighbourhood/community.ledger" };

    private static readonly Option<string?> Tip = new("--tip")
    {
        Description = "The newest block's hash as you know it from elsewhere, such as the report: shows that no block was cut off after it",
        HelpName = "HASH",
    };

    private static readonly Option<string?> ValidatorsOut = new("--validators-out") { Description = "Write the ledger's id and the newest block's validators and height to this file, which check-proof and light-client take", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "verify",
            "Check a ledger: every block, every rule, every account.",
            "./commonwatt verify out/neighbourhood/community.ledger",
            "./commonwatt verify out/neighbourhood/community.ledger --validators-out community.validators")
        {
            Ledger, Tip, ValidatorsOut, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Ledger), "ledger file");
        Hash? tip = KnownTip(parsed);
        string? target = parsed.GetValue(ValidatorsOut) is { } named ? SharedOptions.OutputFile(named, path) : null;
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        VerificationReport report = ProgressBar.During(streams.Error, "Verifying", progress => LedgerFile.Verify(path, progress));
        report = tip is { } known ? report.EndingAt(known) : report;
        if (report is { IsRight: true, Validators: { } validators } && target is not null)
        {
            File.WriteAllText(target, new TrustedValidators(report.LedgerId, validators, (ulong)report.Blocks - 1).ToText());
        }

        if (parsed.GetValue(Json))
        {
            VerificationText.WriteJson(streams.Output, report);
        }
        else
        {
            VerificationText.Write(streams.Output, path, report);
        }

        return report.IsRight ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static Hash? KnownTip(ParseResult parsed)
    {
        if (parsed.GetValue(Tip) is not { } text)
        {
            return null;
        }

        return Hash.TryParse(text, out Hash tip)
            ? tip
            : throw new InvalidDataException($"--tip: '{text}' is not a hash: give 64 hexadecimal digits, as the report shows them.");
    }
}
