using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Demo;

/// <summary>Where meters' readings go in.</summary>
internal interface IReadingIntake
{
    /// <summary>Takes readings in; what it has already does no harm.</summary>
    /// <param name="readings">The readings, those of one meter in order of time.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task TakeAsync(IReadOnlyList<HomeReading> readings, CancellationToken cancel);
}

/// <summary>What a home's meter and devices show at a moment.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="At">When.</param>
/// <param name="ImportWh">All that was ever taken from the grid, in Wh.</param>
/// <param name="ExportWh">All that was ever given to it, in Wh.</param>
/// <param name="PowerW">What goes through the meter, in W: import above zero, export below.</param>
/// <param name="Devices">What is behind the meter.</param>
internal sealed record HomeReading(Address Meter, Instant At, long ImportWh, long ExportWh, long PowerW, IReadOnlyList<DeviceReading> Devices);

/// <summary>What a device shows.</summary>
/// <param name="Name">Its name in the home.</param>
/// <param name="Kind"><c>pv</c>, <c>battery</c>, <c>ev</c> or <c>load</c>.</param>
/// <param name="PowerW">Its power in W: what it takes above zero, what it gives below.</param>
/// <param name="ProducedWh">All that it ever gave, in Wh.</param>
/// <param name="ConsumedWh">All that it ever took, in Wh.</param>
internal sealed record DeviceReading(string Name, string Kind, long PowerW, long ProducedWh, long ConsumedWh);
