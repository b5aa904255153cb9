using System.CommandLine;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>verify LEDGER</c>: checks every block, every rule and every account of a ledger file.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Ledger = new("LEDGER") { Description = "The ledger file, such as out/neighbourhood/community.ledger" };

    private static readonly Option<string?> ValidatorsOut = new("--validators-out") { Description = "Write the ledger's id and the newest block's validators to this file, which check-proof takes", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "verify",
            "Check a ledger: every block, every rule, every account.",
            "./commonwatt verify out/neighbourhood/community.ledger",
            "./commonwatt verify out/neighbourhood/community.ledger --validators-out community.validators")
        {
            Ledger, ValidatorsOut, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Ledger), "ledger file");
        string? target = parsed.GetValue(ValidatorsOut) is { } named ? SharedOptions.OutputFile(named, path) : null;
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        VerificationReport report = ProgressBar.During(streams.Error, "Verifying", progress => LedgerFile.Verify(path, progress));
        if (report is { IsRight: true, Validators: { } validators } && target is not null)
        {
            File.WriteAllText(target, new TrustedValidators(report.LedgerId, validators).ToText());
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
}
