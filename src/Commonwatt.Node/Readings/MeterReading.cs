using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Readings;

/// <summary>What a meter and the devices behind it show at a moment.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="At">When, in the community's time.</param>
/// <param name="ImportWh">All that was ever taken from the grid.</param>
/// <param name="ExportWh">All that was ever given to it.</param>
/// <param name="PowerW">What goes through the meter now: import above zero, export below; null where the meter does not say.</param>
/// <param name="Devices">What is behind the meter.</param>
internal sealed record MeterReading(Address Meter, Instant At, long ImportWh, long ExportWh, long? PowerW, IReadOnlyList<DeviceReading> Devices)
{
    /// <summary>The most that a register may show: more than a large wind farm makes in a century.</summary>
    public const long HighestRegister = 1_000_000_000_000_000;

    /// <summary>The most devices behind a meter.</summary>
    public const int MostDevices = 20;

    /// <summary>Whether another reading says the same.</summary>
    public bool SaysTheSame(MeterReading other) =>
        At == other.At && ImportWh == other.ImportWh && ExportWh == other.ExportWh && PowerW == other.PowerW && Devices.SequenceEqual(other.Devices);
}

/// <summary>What a device shows.</summary>
/// <param name="Name">Its name in the home, 1 to 64 characters.</param>
/// <param name="Kind"><c>pv</c>, <c>battery</c>, <c>ev</c> or <c>load</c>.</param>
/// <param name="PowerW">Its power: what it takes above zero, what it gives below.</param>
/// <param name="ProducedWh">All that it ever gave, or null.</param>
/// <param name="ConsumedWh">All that it ever took, or null.</param>
internal sealed record DeviceReading(string Name, string Kind, long PowerW, long? ProducedWh, long? ConsumedWh)
{
    /// <summary>The kinds there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["pv", "battery", "ev", "load"];
}
