using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>What a home sells out of its battery in the evening, when energy is dear: evenly over the hours, what is above the night's own need.</summary>
/// <param name="battery">The battery.</param>
/// <param name="roundTrip">What comes out of what went in.</param>
internal sealed class EveningSale(BatteryRules battery, double roundTrip)
{
    private const int FromMinute = 18 * 60;
    private const int ToMinute = 22 * 60;
    private const double KeptForNight = 0.45;

    private DateOnly? planned;
    private int inStep;

    /// <summary>What is sold in a step, in Wh.</summary>
    /// <param name="minute">The minute of the local day that the step starts at.</param>
    /// <param name="day">The local day.</param>
    /// <param name="stored">What the battery holds, in Wh inside it.</param>
    public int In(int minute, DateOnly day, double stored)
    {
        if (minute is < FromMinute or >= ToMinute)
        {
            return 0;
        }

        if (planned != day)
        {
            planned = day;
            int steps = (int)((ToMinute - minute) / StreetStretch.Step.TotalMinutes);
            double spare = Math.Max(0, stored - (KeptForNight * battery.Capacity.WattHours)) * Math.Sqrt(roundTrip);
            inStep = (int)(spare / steps);
        }

        return inStep;
    }
}
