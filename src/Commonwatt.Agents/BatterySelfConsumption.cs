namespace Commonwatt.Agents;

/// <summary>
/// A home battery under the plain rule most inverters run: charge from the home's own surplus, discharge to its own deficit, within
/// power and capacity. It never trades with the grid. Charging and discharging each lose the square root of the round trip.
/// </summary>
public sealed class BatterySelfConsumption
{
    private readonly double capacity;
    private readonly double oneWayEfficiency;
    private readonly long mostPerPeriod;

    /// <summary>A battery with a charge to begin with.</summary>
    /// <param name="capacity">The usable capacity, zero or more.</param>
    /// <param name="power">The most it charges or discharges with, on the home's side of the inverter, zero or more.</param>
    /// <param name="roundTripEfficiency">What comes out of what went in: above 0, at most 1.</param>
    /// <param name="initialCharge">How full it is at the start: 0 to 1.</param>
    /// <param name="period">The length of a period.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its range.</exception>
    public BatterySelfConsumption(Energy capacity, Power power, double roundTripEfficiency, double initialCharge, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity.WattHours);
        ArgumentOutOfRangeException.ThrowIfNegative(power.Watts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(roundTripEfficiency);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(roundTripEfficiency, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(initialCharge);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialCharge, 1);
        this.capacity = capacity.WattHours;
        oneWayEfficiency = Math.Sqrt(roundTripEfficiency);
        mostPerPeriod = power.For(period).WattHours;
        Stored = this.capacity * initialCharge;
    }

    /// <summary>What is stored, in Wh inside the battery: 0 to its capacity.</summary>
    public double Stored { get; private set; }

    /// <summary>Runs one period and says what the meter then shows.</summary>
    /// <param name="net">The home's net without the battery, in Wh: import positive, export negative.</param>
    /// <returns>The net with the battery, in Wh: of the same sign as <paramref name="net"/> and no larger, or zero.</returns>
    public long Run(long net)
    {
        if (net < 0)
        {
            long charged = long.Min(long.Min(-net, mostPerPeriod), (long)((capacity - Stored) / oneWayEfficiency));
            Stored = Math.Min(capacity, Stored + (charged * oneWayEfficiency));
            return net + charged;
        }

        long discharged = long.Min(long.Min(net, mostPerPeriod), (long)(Stored * oneWayEfficiency));
        Stored = Math.Max(0, Stored - (discharged / oneWayEfficiency));
        return net - discharged;
    }
}
