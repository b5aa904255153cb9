using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary>What <c>verify</c> says.</summary>
internal static class VerificationText
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the finding for people.</summary>
    public static void Write(TextWriter output, string path, VerificationReport report)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (!report.IsRight)
        {
            output.WriteLine(string.Create(culture, $"{path} is not right at height {report.FaultHeight}: {report.Fault}"));
            output.WriteLine(report.Blocks == 0 ? "No block of it could be read." : string.Create(culture, $"The {report.Blocks:N0} blocks below it are right."));
            return;
        }

        output.WriteLine($"{path} is right.");
        output.WriteLine();
        new Facts()
            .Add("ledger", $"{report.Name} ({report.LedgerId})")
            .Add("blocks", string.Create(culture, $"{report.Blocks:N0}"))
            .Add("transactions", string.Create(culture, $"{report.Transactions:N0}, of which {report.Refused:N0} were refused"))
            .Add("signatures", report.HasSignatures ? "all valid" : "none: this ledger was simulated without")
            .Add("tip", report.Tip.ToString())
            .Write(output);
    }

    /// <summary>Writes the finding as one JSON object.</summary>
    public static void WriteJson(TextWriter output, VerificationReport report) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            Right = report.IsRight,
            report.Name,
            LedgerId = report.Blocks == 0 ? null : report.LedgerId.ToString(),
            Height = report.Blocks == 0 ? null : (long?)(report.Blocks - 1),
            report.Blocks,
            report.Transactions,
            report.Refused,
            Tip = report.Blocks == 0 ? null : report.Tip.ToString(),
            Signatures = report.HasSignatures,
            report.FaultHeight,
            report.Fault,
        },
        Format));
}
