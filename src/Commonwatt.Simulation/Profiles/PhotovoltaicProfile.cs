using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>
/// Made-up generation of PV systems on one plane at one place: sunlight under a shared sky, less what heat and the system cost.
/// Sources and figures are in docs/profiles.md.
/// </summary>
public sealed class PhotovoltaicProfile
{
    private const int StepMinutes = 5;
    private const double SystemLosses = 0.14;
    private const double LossPerKelvin = 0.0037;
    private const double CellHeating = 25.0 / 800;
    private const double SystemVariation = 0.05;
    private const double PeriodVariation = 0.03;

    private readonly double[] wattHoursPerKilowatt;
    private readonly double wattHoursAtPeak;

    private PhotovoltaicProfile(double[] wattHoursPerKilowatt, double wattHoursAtPeak)
    {
        this.wattHoursPerKilowatt = wattHoursPerKilowatt;
        this.wattHoursAtPeak = wattHoursAtPeak;
    }

    /// <summary>What each kWp on a plane yields.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="plane">How it is mounted.</param>
    /// <param name="seed">The community's seed, for the sky.</param>
    /// <param name="grid">The periods.</param>
    public static PhotovoltaicProfile Of(Location place, TiltedPlane plane, ulong seed, PeriodGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var climate = new Climate(place);
        var sky = new CloudCover(climate, seed);
        double[] clearness = new double[CloudCover.StepsPerDay];
        double[] yield = new double[grid.Count];
        int steps = (int)(grid.Length.Ticks / TimeSpan.TicksPerMinute) / StepMinutes;
        int today = int.MinValue;
        int dayOfYear = 0;
        for (int index = 0; index < grid.Count * steps; index++)
        {
            Instant middle = grid.Start + TimeSpan.FromMinutes((index * StepMinutes) + (StepMinutes / 2.0));
            int day = (int)Math.Floor(middle.UnixMilliseconds / (double)TimeSpan.MillisecondsPerDay);
            if (day != today)
            {
                today = day;
                dayOfYear = middle.ToDateTimeOffset().DayOfYear;
                sky.Fill(day, dayOfYear, clearness);
            }

            double hour = (middle.UnixMilliseconds / (double)TimeSpan.MillisecondsPerHour) - (day * 24.0);
            double irradiance = plane.Irradiance(SolarPosition.At(middle, place), clearness[(int)(hour * 60 / StepMinutes)]);
            double cell = climate.Temperature(dayOfYear, hour + (place.Longitude / 15)) + (irradiance * CellHeating);
            yield[index / steps] += Math.Max(0, irradiance * (1 - SystemLosses) * (1 - (LossPerKelvin * (cell - 25)))) * StepMinutes / 60.0;
        }

        return new PhotovoltaicProfile(yield, 1000 * grid.Length.TotalHours);
    }

    /// <summary>One system's generation in Wh a period, a little different from its neighbours', never above the installed power.</summary>
    /// <param name="peak">The installed power (kWp).</param>
    /// <param name="seed">The member's seed.</param>
    public double[] Generation(Power peak, ulong seed)
    {
        var random = new SeededRandom(seed);
        double kilowatts = peak.Watts / 1000.0;
        double most = wattHoursAtPeak * kilowatts;
        double quality = 1 + (SystemVariation * ((2 * random.NextShare()) - 1));
        double[] energy = new double[wattHoursPerKilowatt.Length];
        for (int period = 0; period < energy.Length; period++)
        {
            double each = wattHoursPerKilowatt[period];
            if (each > 0)
            {
                double shade = 1 + (PeriodVariation * ((2 * random.NextShare()) - 1));
                energy[period] = Math.Min(most, each * kilowatts * quality * shade);
            }
        }

        return energy;
    }
}
