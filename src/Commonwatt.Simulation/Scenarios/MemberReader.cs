using System.Text.Json;
using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads the members named one by one.</summary>
internal static class MemberReader
{
    private const int LongestId = 64;
    private const string LoadRight = "{ \"household\": 3200 } (kWh a year) or a series { \"file\": …, \"meter\": …, \"column\": \"load_kwh\" }";
    private const string PvRight = "{ \"kWp\": 4.5 } or a series { \"file\": …, \"meter\": …, \"column\": \"pv_kwh\" }";
    private const string BatteryRight = "{ \"kWh\": 5, \"kW\": 2.5 }";

    public static IReadOnlyList<MemberRules> Members(ObjectReader root)
    {
        if (!root.Has("members") && !root.Has("membersFrom"))
        {
            root.RefuseMissing("members", "at least one member, or 'membersFrom' with a file");
        }

        List<MemberRules> members = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        int given = 0;
        foreach ((JsonElement element, string path) in root.List("members", "a list of members"))
        {
            given++;
            if (root.Open(element, path, "member", "{ \"id\": \"h01\", \"load\": … }") is not { } reader)
            {
                continue;
            }

            if (Member(reader) is { } member)
            {
                members.Add(member);
            }

            if (Id(reader, report: false) is { } id && !ids.Add(id))
            {
                reader.Refuse("id", $"'{id}' is another member's id too; give each member its own.");
            }
        }

        if (given == 0 && root.TryGet("members", out JsonElement list) && list.ValueKind == JsonValueKind.Array && !root.Has("membersFrom"))
        {
            root.Refuse("members", "is empty; give at least one member, or 'membersFrom' with a file.");
        }

        return members;
    }

    /// <summary>How a member bids.</summary>
    public static BiddingStrategyKind Strategy(ObjectReader reader) => (BiddingStrategyKind)(reader.Choice("strategy", BiddingStrategyKinds.Names) ?? 0);

    /// <summary>What a connection carries.</summary>
    public static Power Connection(ObjectReader reader) =>
        reader.Power("connection", "what the connection carries in kW, such as 13.8") ?? MemberRules.DefaultConnection;

    /// <summary>A battery, of any object that has its fields.</summary>
    public static BatteryRules? Battery(ObjectReader reader)
    {
        Energy? capacity = reader.Energy("kWh", "the usable capacity in kWh, such as 5");
        Power? power = reader.Power("kW", "the most it charges and discharges with in kW, such as 2.5");
        foreach (string field in ((string[])["kWh", "kW"]).Where(field => !reader.Has(field)))
        {
            reader.RefuseMissing(field, $"a battery such as {BatteryRight}");
        }

        double? efficiency = reader.Number("roundTripEfficiency", 0.01, 1, "what comes out of what went in, such as 0.9");
        double? charge = reader.Number("initialCharge", 0, 1, "how full it is at the start, such as 0.5");
        return capacity is { } size && power is { } most
            ? new BatteryRules(size, most) { RoundTripEfficiency = efficiency ?? 0.9, InitialCharge = charge ?? 0 }
            : null;
    }

    /// <summary>A made-up PV system, of any object that has its fields.</summary>
    public static GenerationSource.Photovoltaic? Photovoltaic(ObjectReader reader)
    {
        const string Right = "the installed power in kW, such as 4.5";
        Power? peak = reader.Power("kWp", Right);
        if (!reader.Has("kWp"))
        {
            reader.RefuseMissing("kWp", Right);
        }

        double? tilt = reader.Number("tilt", 0, 90, "degrees from horizontal, such as 30");
        double? azimuth = reader.Number("azimuth", 0, 360, "degrees clockwise from north, such as 180 for south");
        return peak is { } power ? new GenerationSource.Photovoltaic(power) { Tilt = tilt, Azimuth = azimuth } : null;
    }

    private static MemberRules? Member(ObjectReader reader)
    {
        string? id = Id(reader, report: true);
        LoadSource? load = Load(reader);
        string? name = reader.Text("name", "the name people read");
        GenerationSource? pv = Pv(reader);
        BatteryRules? battery = reader.Object("battery", "battery", BatteryRight) is { } batteryReader ? Battery(batteryReader) : null;
        BiddingStrategyKind strategy = Strategy(reader);
        ForecastKind? forecast = ScenarioReader.Forecast(reader);
        Power connection = Connection(reader);
        Money? deposit = reader.MoneyFromZero("deposit", "an amount, such as 50.00");
        Money? creditLine = reader.MoneyFromZero("creditLine", "an amount, such as 100.00");
        long weight = reader.Whole("sharingWeight", 1, 1_000_000, "whole shares, such as 1") ?? 1;
        long tier = reader.Whole("sharingTier", 1, 1000, "a tier from 1 (served first) on") ?? 1;
        return id is null || load is null
            ? null
            : new MemberRules(id, load)
            {
                Name = name,
                Pv = pv,
                Battery = battery,
                Strategy = strategy,
                Forecast = forecast,
                Connection = connection,
                Deposit = deposit,
                CreditLine = creditLine,
                SharingWeight = weight,
                SharingTier = (int)tier,
            };
    }

    private static string? Id(ObjectReader reader, bool report)
    {
        const string Right = "a short id of its own, such as \"h01\"";
        if (!report)
        {
            return reader.TryGet("id", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }

        string? id = reader.RequiredText("id", Right);
        if (id is not null && (id.Length > LongestId || id.Any(char.IsControl)))
        {
            reader.Refuse("id", $"has {id.Length} characters or some that cannot be shown; give {Right}.");
            return null;
        }

        return id;
    }

    private static LoadSource? Load(ObjectReader member)
    {
        if (!member.TryGet("load", out JsonElement value))
        {
            member.RefuseMissing("load", LoadRight);
            return null;
        }

        if (IsSeries(value))
        {
            return member.Object("load", "series", LoadRight) is { } series && TariffReader.Series(series, "load_kwh") is { } reference
                ? new LoadSource.FromSeries(reference)
                : null;
        }

        if (member.Object("load", "household", LoadRight) is not { } reader)
        {
            return null;
        }

        Energy? annual = reader.Energy("household", "what the home uses in kWh a year, such as 3200");
        if (!reader.Has("household"))
        {
            reader.RefuseMissing("household", $"a load such as {LoadRight}");
        }

        bool? vehicle = reader.Flag("electricVehicle");
        bool? conditioner = reader.Flag("airConditioner");
        bool? pump = reader.Flag("poolPump");
        return annual is { } use
            ? new LoadSource.Household(use) { ElectricVehicle = vehicle, AirConditioner = conditioner, PoolPump = pump }
            : null;
    }

    private static GenerationSource? Pv(ObjectReader member)
    {
        if (!member.TryGet("pv", out JsonElement value))
        {
            return null;
        }

        if (IsSeries(value))
        {
            return member.Object("pv", "series", PvRight) is { } series && TariffReader.Series(series, "pv_kwh") is { } reference
                ? new GenerationSource.FromSeries(reference)
                : null;
        }

        return member.Object("pv", "photovoltaic", PvRight) is { } reader ? Photovoltaic(reader) : null;
    }

    private static bool IsSeries(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && ScenarioFields.ByObject["series"].Any(field => value.TryGetProperty(field, out _));
}
