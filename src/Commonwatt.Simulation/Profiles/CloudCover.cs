using Commonwatt.Agents;

namespace Commonwatt.Simulation.Profiles;

/// <summary>
/// The share of the clear sky's irradiance that clouds let through, in steps of five minutes. Cloudiness has a part that lasts for days and one
/// that comes and goes within an hour: a moving average over days and a first-order autoregression within the day, both normal;
/// their sum's rank is turned into a clearness whose mean is the climate's. The same seed and day give the same sky, wherever a scenario starts.
/// </summary>
/// <param name="climate">The climate.</param>
/// <param name="seed">The community's seed: all its members live under one sky.</param>
public sealed class CloudCover(Climate climate, ulong seed)
{
    /// <summary>How many steps a day has.</summary>
    public const int StepsPerDay = 288;

    private const double Clearest = 1.05;
    private const double Darkest = 0.12;
    private const double DayPersistence = 0.5;
    private const int DaysRemembered = 6;
    private const double ShareOfDays = 0.75;
    private const double StepPersistence = 0.92;

    /// <summary>Fills in one day of UTC.</summary>
    /// <param name="day">The day, counted from 1970-01-01.</param>
    /// <param name="dayOfYear">1 to 366.</param>
    /// <param name="clearness">What to fill: <see cref="StepsPerDay"/> numbers from about 0.1 to 1.05.</param>
    public void Fill(int day, int dayOfYear, Span<double> clearness)
    {
        double mean = climate.MeanClearness(dayOfYear);
        double power = ((Clearest - Darkest) / (Clearest - mean)) - 1;
        double ofDay = OfDay(day) * Math.Sqrt(ShareOfDays);
        var random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(seed, "sky within the day"), (ulong)day));
        double within = random.NextNormal();
        for (int step = 0; step < StepsPerDay; step++)
        {
            within = (StepPersistence * within) + (Math.Sqrt(1 - (StepPersistence * StepPersistence)) * random.NextNormal());
            double rank = NormalRank(ofDay + (within * Math.Sqrt(1 - ShareOfDays)));
            clearness[step] = Clearest - ((Clearest - Darkest) * Math.Pow(1 - rank, power));
        }
    }

    // The distribution function of the normal distribution, to 0.0002: Page (1977), "Approximations to the cumulative normal function".
    private static double NormalRank(double value) =>
        1 / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (value + (0.044715 * value * value * value))));

    private double OfDay(int day)
    {
        double sum = 0;
        double squares = 0;
        double weight = 1;
        for (int back = 0; back < DaysRemembered; back++, weight *= DayPersistence)
        {
            var random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(seed, "sky of the day"), (ulong)(day - back)));
            sum += weight * random.NextNormal();
            squares += weight * weight;
        }

        return sum / Math.Sqrt(squares);
    }
}
