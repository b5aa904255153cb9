using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Answers;

namespace Commonwatt.Node.Readings;

/// <summary>Readings as they are sent.</summary>
/// <param name="Readings">The readings, those of one meter best in order of time.</param>
internal sealed record ReadingsRequest(IReadOnlyList<ReadingJson>? Readings)
{
    /// <summary>The most readings in one request.</summary>
    public const int Most = 5_000;
}

/// <summary>One reading as it is sent and as it is given back.</summary>
/// <param name="Meter">The meter's address.</param>
/// <param name="At">When, ISO 8601 with Z or offset.</param>
/// <param name="ImportWh">The import register, Wh.</param>
/// <param name="ExportWh">The export register, Wh.</param>
/// <param name="PowerW">The power through the meter, W: import above zero.</param>
/// <param name="Assets">The devices behind the meter.</param>
internal sealed record ReadingJson(string? Meter, string? At, long? ImportWh, long? ExportWh, long? PowerW, IReadOnlyList<DeviceJson>? Assets)
{
    private const long HighestPower = 1_000_000_000;

    /// <summary>The reading, or what is wrong with it.</summary>
    public (MeterReading? Reading, ReadingRefusal? Refusal) Read()
    {
        if (!Address.TryParse(Meter, out Address meter))
        {
            return Wrong("wrong-meter", $"'meter' is a meter's address as the ledger prints it: '{Meter}' is none.");
        }

        if (!InstantJson.TryRead(At, out Instant at) || at.UnixMilliseconds < 0)
        {
            return Wrong("wrong-time", $"'at' is a time in ISO 8601 with its offset or Z, such as 2026-11-21T13:00:00Z: '{At}' is none.");
        }

        if (ImportWh is not (>= 0 and <= MeterReading.HighestRegister) || ExportWh is not (>= 0 and <= MeterReading.HighestRegister))
        {
            return Wrong("wrong-register", $"'importWh' and 'exportWh' are registers of 0 to {MeterReading.HighestRegister} Wh.");
        }

        if (PowerW is < -HighestPower or > HighestPower)
        {
            return Wrong("wrong-power", $"'powerW' is at most 1 GW, taken or given: {PowerW} W is more.");
        }

        IReadOnlyList<DeviceJson> assets = Assets ?? [];
        if (assets.Count > MeterReading.MostDevices || assets.Select(asset => asset.Name).Distinct(StringComparer.Ordinal).Count() != assets.Count)
        {
            return Wrong("wrong-assets", $"A meter has at most {MeterReading.MostDevices} assets behind it, each with a name of its own.");
        }

        return assets.FirstOrDefault(asset => !asset.IsRight(HighestPower)) is { } asset
            ? Wrong("wrong-asset", $"An asset has a name of 1 to 64 characters, a kind out of {string.Join(", ", DeviceReading.Kinds)}, a power of at most 1 GW and registers from 0 up: '{asset.Name}' has not.")
            : (new MeterReading(meter, at, ImportWh.Value, ExportWh.Value, PowerW, [.. assets.Select(one => one.ToDevice())]), null);
    }

    /// <summary>A reading as it is given back.</summary>
    public static ReadingJson Of(MeterReading reading) => new(
        reading.Meter.ToString(),
        reading.At.ToString(),
        reading.ImportWh,
        reading.ExportWh,
        reading.PowerW,
        [.. reading.Devices.Select(device => new DeviceJson(device.Name, device.Kind, device.PowerW, device.ProducedWh, device.ConsumedWh))]);

    private static (MeterReading?, ReadingRefusal?) Wrong(string code, string sentence) => (null, new ReadingRefusal(code, sentence));
}

/// <summary>A device as it is sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PowerW">Its power, W: what it takes above zero, what it gives below.</param>
/// <param name="ProducedWh">What it ever gave, Wh.</param>
/// <param name="ConsumedWh">What it ever took, Wh.</param>
internal sealed record DeviceJson(string? Name, string? Kind, long? PowerW, long? ProducedWh, long? ConsumedWh)
{
    /// <summary>Whether it can be read.</summary>
    public bool IsRight(long highestPower) =>
        Name is { Length: >= 1 and <= 64 }
        && Kind is not null
        && DeviceReading.Kinds.Contains(Kind)
        && PowerW is not null
        && PowerW >= -highestPower
        && PowerW <= highestPower
        && ProducedWh is null or (>= 0 and <= MeterReading.HighestRegister)
        && ConsumedWh is null or (>= 0 and <= MeterReading.HighestRegister);

    /// <summary>The device, where <see cref="IsRight"/>.</summary>
    public DeviceReading ToDevice() => new(Name!, Kind!, PowerW!.Value, ProducedWh, ConsumedWh);
}

/// <summary>Why a reading is not taken.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Sentence">A sentence for people.</param>
internal sealed record ReadingRefusal(string Code, string Sentence);
