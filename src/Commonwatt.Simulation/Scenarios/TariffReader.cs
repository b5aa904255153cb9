using System.Text.Json;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads tariffs, the carbon intensity, and references to series.</summary>
internal static class TariffReader
{
    private const int MinutesPerDay = 24 * 60;
    private const string BandRight = "{ \"from\": \"08:00\", \"to\": \"22:00\", \"price\": 0.24 }";

    public static TariffRules? Tariffs(ObjectReader root)
    {
        const string Right = "{ \"retail\": 0.22, \"feedIn\": 0.05 }";
        if (!root.Has("tariffs"))
        {
            root.RefuseMissing("tariffs", Right);
        }

        if (root.Object("tariffs", "tariffs", Right) is not { } reader)
        {
            return null;
        }

        TariffSource? retail = Source(reader, "retail", "a price per kWh, such as 0.22");
        TariffSource? feedIn = Source(reader, "feedIn", "a price per kWh, such as 0.05");
        Price fee = reader.PriceFromZero("localGridFee", "a price per kWh, such as 0.02") ?? Price.Zero;
        return retail is null || feedIn is null ? null : new TariffRules(retail, feedIn, fee);
    }

    public static CarbonIntensity? Carbon(ObjectReader root)
    {
        const string Right = "kg of carbon dioxide per kWh, such as 0.19, or a series { \"file\": …, \"column\": … }";
        if (!root.TryGet("carbonIntensity", out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return root.Object("carbonIntensity", "series", Right) is { } reader && Series(reader, null) is { } series
                ? new CarbonIntensity.FromSeries(series)
                : null;
        }

        return root.Number("carbonIntensity", 0, 10, Right) is { } constant ? new CarbonIntensity.Constant(constant) : null;
    }

    /// <summary>A reference to a series; <paramref name="defaultColumn"/> stands where no column is named.</summary>
    public static SeriesReference? Series(ObjectReader reader, string? defaultColumn)
    {
        string? file = reader.RequiredText("file", "the path of a CSV file, relative to the scenario file");
        string? column = reader.Text("column", "the name of the column with the values, such as \"load_kwh\"") ?? defaultColumn;
        if (column is null && !reader.Has("column"))
        {
            reader.RefuseMissing("column", "the name of the column with the values");
        }

        string? meter = reader.Text("meter", "the name of a meter in the file");
        string meterColumn = reader.Text("meterColumn", "the name of the column with the meters") ?? "meter";
        string timestampColumn = reader.Text("timestampColumn", "the name of the column with the start of each interval") ?? "timestamp";
        return file is null || column is null
            ? null
            : new SeriesReference(file, column) { Meter = meter, MeterColumn = meterColumn, TimestampColumn = timestampColumn };
    }

    private static TariffSource? Source(ObjectReader tariffs, string field, string right)
    {
        if (!tariffs.TryGet(field, out JsonElement value))
        {
            tariffs.RefuseMissing(field, right);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return Bands(tariffs, field);
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return tariffs.Object(field, "series", right) is { } reader && Series(reader, null) is { } series ? new TariffSource.FromSeries(series) : null;
        }

        return tariffs.Price(field, right + ", a list of bands, or a series { \"file\": …, \"column\": … }") is { } price ? TariffSource.Flat(price) : null;
    }

    private static TariffSource.OfDay? Bands(ObjectReader tariffs, string field)
    {
        List<TariffBand> bands = [];
        bool good = true;
        foreach ((JsonElement element, string path) in tariffs.List(field, $"[{BandRight}, …]"))
        {
            if (tariffs.Open(element, path, "band", BandRight) is { } reader && Band(reader) is { } band)
            {
                bands.Add(band);
            }
            else
            {
                good = false;
            }
        }

        if (!good)
        {
            return null;
        }

        try
        {
            return new TariffSource.OfDay(Tariff.FromBands(bands));
        }
        catch (ArgumentException fault)
        {
            int parameter = fault.Message.LastIndexOf(" (Parameter", StringComparison.Ordinal);
            tariffs.Refuse(field, parameter < 0 ? fault.Message : fault.Message[..parameter]);
            return null;
        }
    }

    private static TariffBand? Band(ObjectReader reader)
    {
        int? from = reader.MinuteOfDay("from", "hours and minutes, such as \"08:00\"");
        int? to = reader.MinuteOfDay("to", "hours and minutes, such as \"22:00\"");
        Price? price = reader.Price("price", "a price per kWh, such as 0.24");
        if (!reader.Has("price"))
        {
            reader.RefuseMissing("price", "a price per kWh, such as 0.24");
        }

        if (from == MinutesPerDay)
        {
            reader.Refuse("from", "'24:00' is the end of a day; give \"00:00\".");
            return null;
        }

        return from is { } first && to is { } last && price is { } each ? new TariffBand(first, last, each) : null;
    }
}
