namespace Commonwatt.Simulation.Scenarios;

/// <summary>The fields that each object of a scenario file may have: the loader refuses others, and the schema describes the same.</summary>
public static class ScenarioFields
{
    private static readonly string[] SeriesFields = ["file", "meter", "column", "meterColumn", "timestampColumn"];

    /// <summary>By the object's name in the schema's <c>$defs</c>; the file itself is <c>scenario</c>.</summary>
    public static IReadOnlyDictionary<string, string[]> ByObject { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["scenario"] =
        [
            "$schema", "name", "timeZone", "currency", "start", "days", "period", "seed", "location", "market", "tariffs", "carbonIntensity", "forecast",
            "wallet", "members", "membersFrom",
        ],
        ["location"] = ["latitude", "longitude"],
        ["market"] =
        [
            "mechanism", "rationing", "imbalance", "shortfallPenalty", "listingLead", "gate", "readingDeadline", "fixedPrice", "distances", "sharingKey",
        ],
        ["distance"] = ["from", "to", "metres"],
        ["tariffs"] = ["retail", "feedIn", "localGridFee"],
        ["band"] = ["from", "to", "price"],
        ["series"] = SeriesFields,
        ["wallet"] = ["deposit", "creditLine"],
        ["member"] =
        [
            "id", "name", "load", "pv", "battery", "strategy", "forecast", "connection", "deposit", "creditLine", "sharingWeight", "sharingTier",
        ],
        ["household"] = ["household", "electricVehicle", "airConditioner", "poolPump"],
        ["photovoltaic"] = ["kWp", "tilt", "azimuth"],
        ["battery"] = ["kWh", "kW", "roundTripEfficiency", "initialCharge"],
        ["membersFrom"] =
        [
            "file", "meterColumn", "timestampColumn", "loadColumn", "pvColumn", "pv", "battery", "exclude", "strategy", "forecast", "connection",
            "deposit", "creditLine",
        ],
        ["sharedPv"] = ["kWp", "tilt", "azimuth", "share"],
        ["sharedBattery"] = ["kWh", "kW", "roundTripEfficiency", "initialCharge", "share"],
    };
}
