using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Profiles;

/// <summary>The quarter hours of 2023 for made-up homes of 3,200 kWh.</summary>
internal static class MadeUpYear
{
    public static GenerationSource.Photovoltaic Pv(long peak) => new(new Power(peak));

    public static MemberRules Home(string id, GenerationSource? pv, long annual) => new(id, new LoadSource.Household(Energy.FromKilowattHours(annual))) { Pv = pv };

    public static CommunityData Of(string zone, ulong seed, params GenerationSource?[] systems) => CommunityData.Prepare(
        MadeUpNeighbourhood.Create(1, 365, TimeSpan.FromMinutes(15), seed) with
        {
            TimeZone = zone,
            Start = new DateOnly(2023, 1, 1),
            Members = [.. systems.Select((system, index) => Home($"m{index}", system, 3200))],
        }).Required();

    public static double[] ByLocalHour(CommunityData data, int[] energy)
    {
        double[] hours = new double[24];
        for (int period = 0; period < energy.Length; period++)
        {
            hours[data.Grid.LocalMinuteOf(period) / 60] += energy[period];
        }

        return hours;
    }

    public static double Correlation(int[] left, int[] right)
    {
        double meanLeft = left.Average();
        double meanRight = right.Average();
        double both = left.Zip(right, (one, other) => (one - meanLeft) * (other - meanRight)).Sum();
        return both / Math.Sqrt(left.Sum(each => (each - meanLeft) * (each - meanLeft)) * right.Sum(each => (each - meanRight) * (each - meanRight)));
    }
}
