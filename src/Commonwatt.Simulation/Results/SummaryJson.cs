using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Commonwatt.Simulation.Results;

/// <summary>Writes <c>summary.json</c>: the figures of a run for scripts.</summary>
/// <remarks>
/// Energies are in kWh with three decimals, money in the currency and prices in the currency per kWh with six: exact
/// decimals, written from whole watt-hours and micro-units. Shares are between 0 and 1. A figure that does not exist is null.
/// </remarks>
public static class SummaryJson
{
    /// <summary>Writes the summary as one JSON object, without closing the stream.</summary>
    public static void Write(Stream stream, SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Figures figures = Figures.Of(result);
        // Names of people and places stay readable; the file is never put into a page as it is.
        JsonWriterOptions options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using Utf8JsonWriter json = new(stream, options);
        json.WriteStartObject();
        WriteRun(json, result);
        WriteFigures(json, result, figures);
        WriteSavings(json, figures.Savings);
        WriteLedger(json, result.Ledger);
        WriteProblems(json, result.DataProblems);
        WriteMembers(json, result.Members);
        json.WriteNumber("elapsedSeconds", Math.Round(result.Elapsed.TotalSeconds, 3));
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, SimulationResult result)
    {
        json.WriteString("scenario", result.Scenario);
        json.WriteString("mechanism", result.Mechanism);
        json.WriteString("currency", result.Currency.Code);
        json.WriteString("timeZone", result.TimeZone.Id);
        json.WriteString("start", result.Start.ToString());
        json.WriteString("end", result.End.ToString());
        json.WriteNumber("periodMinutes", result.PeriodLength.Ticks / TimeSpan.TicksPerMinute);
        json.WriteNumber("periods", result.Series.Count);
        json.WriteNumber("members", result.Members.Count);
    }

    private static void WriteFigures(Utf8JsonWriter json, SimulationResult result, Figures figures)
    {
        Write(json, "loadKwh", figures.Load);
        Write(json, "generationKwh", figures.Generation);
        Write(json, "tradedKwh", figures.Traded);
        Write(json, "importKwh", figures.Import);
        Write(json, "exportKwh", figures.Export);
        Write(json, "selfSufficiency", figures.SelfSufficiency);
        Write(json, "selfConsumption", figures.SelfConsumption);
        Write(json, "costWithoutMarket", figures.CostWithoutMarket);
        Write(json, "costWithMarket", figures.CostWithMarket);
        Write(json, "saved", figures.Saved);
        Exact(json, "averageLocalPrice", figures.AverageLocalPrice?.ToDecimal() ?? "null");
        Write(json, "peakImportKw", figures.PeakImport.Power);
        Write(json, "peakExportKw", figures.PeakExport.Power);
        Write(json, "peakToAverage", figures.PeakToAverage);
        Write(json, "emissionsKg", figures.EmissionsKilograms);
        Write(json, "residual", result.Residual);
    }

    private static void WriteSavings(Utf8JsonWriter json, SavingsDistribution savings)
    {
        json.WriteStartObject("savings");
        Write(json, "lowest", savings.Lowest);
        Write(json, "lowerQuartile", savings.LowerQuartile);
        Write(json, "median", savings.Median);
        Write(json, "upperQuartile", savings.UpperQuartile);
        Write(json, "highest", savings.Highest);
        json.WriteNumber("betterOff", savings.BetterOff);
        json.WriteNumber("worseOff", savings.WorseOff);
        json.WriteEndObject();
    }

    private static void WriteLedger(Utf8JsonWriter json, LedgerSummary ledger)
    {
        json.WriteStartObject("ledger");
        json.WriteNumber("height", ledger.Height);
        json.WriteNumber("transactions", ledger.Transactions);
        json.WriteString("tip", ledger.Tip);
        json.WriteBoolean("signatures", ledger.Signatures);
        json.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<DataProblem> problems)
    {
        json.WriteStartObject("dataProblems");
        // One name in an object stands once, but several files may have rows of one kind.
        foreach (IGrouping<string, DataProblem> kind in problems.GroupBy(problem => problem.Category, StringComparer.Ordinal))
        {
            json.WriteStartObject(kind.Key);
            json.WriteNumber("count", kind.Sum(problem => problem.Count));
            json.WriteString("rule", string.Join(' ', kind.Select(problem => problem.Rule).Distinct(StringComparer.Ordinal)));
            json.WriteStartArray("examples");
            foreach (string example in kind.SelectMany(problem => problem.Examples))
            {
                json.WriteStringValue(example);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<MemberResult> members)
    {
        json.WriteStartArray("memberResults");
        foreach (MemberResult member in members)
        {
            json.WriteStartObject();
            json.WriteString("id", member.Id);
            json.WriteString("name", member.Name);
            json.WriteString("strategy", member.Strategy);
            Write(json, "loadKwh", member.Load);
            Write(json, "generationKwh", member.Generation);
            Write(json, "importKwh", member.Import);
            Write(json, "exportKwh", member.Export);
            Write(json, "boughtKwh", member.Bought);
            Write(json, "soldKwh", member.Sold);
            Write(json, "costWithoutMarket", member.CostWithoutMarket);
            Write(json, "costWithMarket", member.CostWithMarket);
            Write(json, "saved", member.Saved);
            json.WriteNumber("estimatedReadings", member.EstimatedReadings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Energy energy) => Exact(json, name, energy.ToKilowattHours());

    private static void Write(Utf8JsonWriter json, string name, Money money) => Exact(json, name, money.ToDecimal());

    // Watts are thousandths of a kilowatt, as watt-hours are of a kilowatt-hour.
    private static void Write(Utf8JsonWriter json, string name, Power power) => Exact(json, name, new Energy(power.Watts).ToKilowattHours());

    private static void Write(Utf8JsonWriter json, string name, double? figure) =>
        Exact(json, name, figure is { } value ? Math.Round(value, 6).ToString(CultureInfo.InvariantCulture) : "null");

    private static void Exact(Utf8JsonWriter json, string name, string number)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(number);
    }
}
