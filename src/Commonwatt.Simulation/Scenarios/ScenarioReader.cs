using System.Text;
using System.Text.Json;
using Commonwatt.Agents;
using NodaTime;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads the outermost object of a scenario file.</summary>
internal static class ScenarioReader
{
    private const string Right = "a scenario: { \"name\": …, \"members\": … }";

    private static readonly string[] ForecastNames = ["persistence", "perfect"];

    public static ScenarioResult<Scenario> Read(ReadOnlyMemory<byte> json, string folder)
    {
        List<ScenarioProblem> problems = [];
        if (json.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return ScenarioResult<Scenario>.Refused([new ScenarioProblem("the file", $"is empty; give {Right}.")]);
        }

        try
        {
            ReadOnlyMemory<byte> text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            ObjectReader? root = ObjectReader.Open(document.RootElement, "", "scenario", Right, problems);
            Scenario? scenario = root is null ? null : Read(root, folder, problems);
            return problems.Count == 0 && scenario is not null ? ScenarioResult<Scenario>.Good(scenario) : ScenarioResult<Scenario>.Refused(problems);
        }
        catch (JsonException fault)
        {
            return ScenarioResult<Scenario>.Refused([SyntaxError(json, fault)]);
        }
    }

    /// <summary>A member's or the scenario's way to forecast.</summary>
    public static ForecastKind? Forecast(ObjectReader reader) => (ForecastKind?)reader.Choice("forecast", ForecastNames);

    private static Scenario? Read(ObjectReader root, string folder, List<ScenarioProblem> problems)
    {
        root.Text("$schema", "the path of the schema, such as \"scenario.schema.json\"");
        string? name = root.RequiredText("name", "the community's name");
        string? timeZone = TimeZone(root);
        Currency? currency = ReadCurrency(root);
        DateOnly? start = Required(root, "start", root.Date, "the first day, such as \"2024-06-01\"");
        long? days = root.Whole("days", 1, 3660, "how many days to simulate, 1 to 3660");
        if (!root.Has("days"))
        {
            root.RefuseMissing("days", "how many days to simulate, 1 to 3660");
        }

        TimeSpan? period = Period(root);
        long? seed = root.Whole("seed", 0, long.MaxValue, "a whole number from 0 on, such as 1");
        Location? location = ReadLocation(root);
        MarketRules market = MarketReader.Market(root);
        TariffRules? tariffs = TariffReader.Tariffs(root);
        CarbonIntensity? carbon = TariffReader.Carbon(root);
        ForecastKind? forecast = Forecast(root);
        WalletRules wallet = MarketReader.Wallet(root);
        IReadOnlyList<MemberRules> members = MemberReader.Members(root);
        MembersFromFile? membersFrom = MembersFromReader.MembersFrom(root);
        MarketReader.CheckDistances(root, market, members, membersFrom);
        if (problems.Count > 0 || name is null || timeZone is null || currency is null || start is null || days is null || period is null || tariffs is null)
        {
            return null;
        }

        var scenario = new Scenario
        {
            Name = name,
            TimeZone = timeZone,
            Currency = currency,
            Start = start.Value,
            Days = (int)days.Value,
            Period = period.Value,
            Seed = (ulong)(seed ?? 1),
            Location = location,
            Market = market,
            Tariffs = tariffs,
            CarbonIntensity = carbon,
            Forecast = forecast ?? ForecastKind.Persistence,
            Wallet = wallet,
            Members = members,
            MembersFrom = membersFrom,
            Folder = folder,
        };
        problems.AddRange(PeriodGrid.Of(scenario).Problems);
        return scenario;
    }

    private static T? Required<T>(ObjectReader root, string field, Func<string, string, T?> read, string right)
        where T : struct
    {
        if (!root.Has(field))
        {
            root.RefuseMissing(field, right);
        }

        return read(field, right);
    }

    private static string? TimeZone(ObjectReader root)
    {
        const string Zone = "an IANA time zone, such as \"Europe/Lisbon\"";
        string? zone = root.RequiredText("timeZone", Zone);
        if (zone is null || DateTimeZoneProviders.Tzdb.Ids.Contains(zone, StringComparer.Ordinal))
        {
            return zone;
        }

        string near = NearName.Of(zone, DateTimeZoneProviders.Tzdb.Ids) is { } nearest ? $"did you mean '{nearest}'?" : $"give {Zone}.";
        root.Refuse("timeZone", $"'{zone}' is not known; {near}");
        return null;
    }

    private static Currency? ReadCurrency(ObjectReader root)
    {
        const string Code = "a currency by its three capital letters, such as \"EUR\"";
        if (root.RequiredText("currency", Code) is not { } code)
        {
            return null;
        }

        if (code.Length == 3 && code.All(char.IsAsciiLetterUpper))
        {
            return Currency.FromCode(code);
        }

        root.Refuse("currency", $"'{code}' is not a currency; give {Code}.");
        return null;
    }

    private static TimeSpan? Period(ObjectReader root)
    {
        const string Lengths = "one of \"PT5M\", \"PT10M\", \"PT15M\", \"PT30M\" and \"PT1H\"";
        TimeSpan? period = Required(root, "period", root.Duration, Lengths);
        if (period is { } length && !DeliveryPeriod.IsLength(length))
        {
            root.Refuse("period", $"{length.TotalMinutes} minutes is no length that a delivery period may have; give {Lengths}.");
            return null;
        }

        return period;
    }

    private static Location? ReadLocation(ObjectReader root)
    {
        if (root.Object("location", "location", "{ \"latitude\": 38.7, \"longitude\": -9.1 }") is not { } place)
        {
            return null;
        }

        double? latitude = Required(place, "latitude", (field, right) => place.Number(field, -90, 90, right), "degrees north, such as 38.7");
        double? longitude = Required(place, "longitude", (field, right) => place.Number(field, -180, 180, right), "degrees east, such as -9.1");
        return latitude is { } north && longitude is { } east ? new Location(north, east) : null;
    }

    private static ScenarioProblem SyntaxError(ReadOnlyMemory<byte> json, JsonException fault)
    {
        int line = (int)(fault.LineNumber ?? 0);
        ReadOnlySpan<byte> rest = json.Span;
        for (int passed = 0; passed < line && rest.IndexOf((byte)'\n') is >= 0 and var end; passed++)
        {
            rest = rest[(end + 1)..];
        }

        int bytes = int.Min((int)(fault.BytePositionInLine ?? 0), rest.Length);
        int column = Encoding.UTF8.GetCharCount(rest[..bytes]) + 1;
        int cut = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = cut < 0 ? fault.Message : fault.Message[..cut];
        return new ScenarioProblem($"line {line + 1}, column {column}", $"this is not JSON: {reason}");
    }
}
