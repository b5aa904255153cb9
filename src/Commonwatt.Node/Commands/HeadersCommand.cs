using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>headers LEDGER --out FILE</c>: writes the headers of a ledger for light clients, with every change of the validators.</summary>
internal static class HeadersCommand
{
    private const long Century = 36525L * 86400;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> Ledger = new("LEDGER") { Description = "The ledger file, such as out/neighbourhood/community.ledger" };

    private static readonly Option<string> Out = new("--out") { Description = "The file of headers", Required = true, HelpName = "FILE" };

    private static readonly Option<string?> Every = new("--every")
    {
        Description = "Leave out headers: of every so many blocks the first one, such as 24, or of every stretch of time, such as 15m, 1h, 1d [default: 1, all]",
        HelpName = "N|TIME",
    };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "headers",
            "Write the headers of a ledger and every change of its validators to a file that light-client follows. It verifies the whole ledger first.",
            "./commonwatt headers out/neighbourhood/community.ledger --every 1h --out community.headers")
        {
            Ledger, Out, Every, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        HeaderInterval interval = Interval(parsed.GetValue(Every) ?? "1");
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Ledger), "ledger file");
        string target = SharedOptions.OutputFile(parsed.GetRequiredValue(Out), path);
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        bool json = parsed.GetValue(Json);

        // Only a file made from a ledger that is right to its end takes the name.
        string part = SharedOptions.OutputFile($"{target}.part", path);
        VerificationReport report;
        HeaderExport export;
        try
        {
            using (FileStream file = File.Create(part))
            {
                export = new HeaderExport(file, interval);
                report = ProgressBar.During(streams.Error, "Verifying", progress => LedgerFile.Verify(path, progress, export.Take));
                export.End();
            }

            if (report.IsRight)
            {
                File.Move(part, target, overwrite: true);
            }
        }
        finally
        {
            File.Delete(part);
        }

        if (!report.IsRight)
        {
            VerificationText.Write(json ? streams.Error : streams.Output, path, report);
            return ExitCode.CheckFailed;
        }

        Write(streams.Output, target, report, export, json);
        return ExitCode.Done;
    }

    private static void Write(TextWriter output, string target, VerificationReport report, HeaderExport export, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new { File = target, LedgerId = report.LedgerId.ToString(), Height = report.Blocks - 1, HeaderHash = report.Tip.ToString(), export.Headers, export.Changes },
                Format));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target} holds {export.Headers:N0} of {report.Blocks:N0} headers and {export.Changes:N0} changes of the validators."));
        output.WriteLine();
        output.WriteLine($"Follow it: ./commonwatt light-client --ledger-id {report.LedgerId} --headers {target}");
    }

    private static HeaderInterval Interval(string text)
    {
        long seconds = text.LastOrDefault() switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => 0,
        };
        if (!uint.TryParse(seconds > 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || number == 0)
        {
            throw new InvalidDataException($"--every: '{text}' is neither a number of blocks, such as 24, nor a time in s, m, h or d, such as 15m or 1h.");
        }

        if (number * seconds > Century)
        {
            throw new InvalidDataException($"--every: '{text}' is longer than a century: give a shorter time, such as 1d.");
        }

        return seconds > 0 ? HeaderInterval.OfTime(TimeSpan.FromSeconds(number * seconds)) : HeaderInterval.OfBlocks(number);
    }
}
