using System.CommandLine;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>verify LEDGER</c>: checks every block, every rule and every account of a ledger file.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Ledger = new("LEDGER") { Description = "The ledger file, such as out/neighbourhood/community.ledger" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new("verify", "Check a ledger: every block, every rule, every account.", "./commonwatt verify out/neighbourhood/community.ledger") { Ledger, Json };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Ledger), "ledger file");
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        string full = Path.GetFullPath(path);
        var disk = new FolderDisk(Path.GetDirectoryName(full)!, isReadOnly: true);
        VerificationReport report = ProgressBar.During(streams.Error, "Verifying", progress =>
            LedgerVerifier.Verify(disk, Path.GetFileName(full), CommunityRules.Catalog, Environment.ProcessorCount, progress));
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
