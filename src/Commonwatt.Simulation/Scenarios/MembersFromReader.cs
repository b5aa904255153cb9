using System.Text.Json;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads how members are made of the meters in a file.</summary>
internal static class MembersFromReader
{
    public static MembersFromFile? MembersFrom(ObjectReader root)
    {
        if (root.Object("membersFrom", "membersFrom", "{ \"file\": \"homes.csv.gz\" }") is not { } reader)
        {
            return null;
        }

        string? file = reader.RequiredText("file", "the path of a CSV file, relative to the scenario file");
        var defaults = new MembersFromFile(file ?? "");
        MembersFromFile members = defaults with
        {
            MeterColumn = reader.Text("meterColumn", "the name of the column with the meters") ?? defaults.MeterColumn,
            TimestampColumn = reader.Text("timestampColumn", "the name of the column with the start of each interval") ?? defaults.TimestampColumn,
            LoadColumn = reader.Text("loadColumn", "the name of the column with the consumption") ?? defaults.LoadColumn,
            PvColumn = reader.Text("pvColumn", "the name of the column with the generation"),
            Pv = Pv(reader),
            Battery = Battery(reader),
            Exclude = [.. Exclude(reader)],
            Strategy = MemberReader.Strategy(reader),
            Forecast = ScenarioReader.Forecast(reader),
            Connection = MemberReader.Connection(reader),
            Deposit = reader.MoneyFromZero("deposit", "an amount, such as 50.00"),
            CreditLine = reader.MoneyFromZero("creditLine", "an amount, such as 100.00"),
        };
        if (members.Pv is not null && members.PvColumn is not null)
        {
            reader.Refuse("pv", "is made up, while 'pvColumn' names generation in the file; leave one of them out.");
        }

        return file is null ? null : members;
    }

    private static SharedPv? Pv(ObjectReader members)
    {
        if (members.Object("pv", "sharedPv", "{ \"kWp\": 4, \"share\": 0.5 }") is not { } reader)
        {
            return null;
        }

        double share = Share(reader);
        return MemberReader.Photovoltaic(reader) is { } system ? new SharedPv(system, share) : null;
    }

    private static SharedBattery? Battery(ObjectReader members)
    {
        if (members.Object("battery", "sharedBattery", "{ \"kWh\": 5, \"kW\": 2.5, \"share\": 0.25 }") is not { } reader)
        {
            return null;
        }

        double share = Share(reader);
        return MemberReader.Battery(reader) is { } battery ? new SharedBattery(battery, share) : null;
    }

    private static double Share(ObjectReader reader) => reader.Number("share", 0, 1, "the share of the meters that get one, such as 0.5") ?? 1;

    private static IEnumerable<string> Exclude(ObjectReader members)
    {
        foreach ((JsonElement element, string path) in members.List("exclude", "a list of meters, such as [\"NSW-10012584\"]"))
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() is { } meter)
            {
                yield return meter;
            }
            else
            {
                members.Refuse(path[(members.Path.Length + 1)..], $"{ObjectReader.Found(element)} is not a text; give the name of a meter in the file.");
            }
        }
    }
}
