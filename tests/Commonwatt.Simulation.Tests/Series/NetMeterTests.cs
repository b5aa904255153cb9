using Commonwatt.Simulation.Series;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Simulation.Tests.Series;

public class NetMeterTests
{
    [Fact]
    public void A_register_carries_what_is_less_than_a_Wh()
    {
        Assert.Equal([0, 1, 0, 0, 0, 1], NetMeter.Count([0.4, 0.4, 0.4, 0, 0.2, 0.2]));
    }

    [Fact]
    public void A_sum_over_any_number_of_intervals_is_exact_to_half_a_Wh()
    {
        Gen<double[]> loads = Gen.Choose(0, 50_000).Select(tenths => tenths / 10.0 / 7).ArrayOf(200);
        Prop.ForAll(loads.ToArbitrary(), load =>
        {
            int[] whole = NetMeter.Count(load);
            return Enumerable.Range(1, load.Length).All(count => Math.Abs(whole.Take(count).Sum() - load.Take(count).Sum()) <= 0.5 + 1e-6);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Import_export_load_and_generation_all_add_up_and_none_is_below_zero()
    {
        Gen<double> energy = Gen.Frequency((1, Gen.Constant(0.0)), (3, Gen.Choose(0, 30_000).Select(tenths => tenths / 10.0 / 7)), (1, Gen.Choose(0, 9).Select(tenths => tenths / 10.0)));
        Prop.ForAll(energy.ArrayOf(200).ToArbitrary(), energy.ArrayOf(200).ToArbitrary(), (load, generation) =>
        {
            (int[] wholeLoad, int[] wholeGeneration) = NetMeter.Count(load, generation);
            int[] net = [.. wholeLoad.Zip(wholeGeneration, (used, made) => used - made)];
            double import = load.Zip(generation, (used, made) => Math.Max(0, used - made)).Sum();
            double export = load.Zip(generation, (used, made) => Math.Max(0, made - used)).Sum();
            return wholeLoad.Min() >= 0 && wholeGeneration.Min() >= 0
                && Math.Abs(net.Sum(each => int.Max(0, each)) - import) <= 0.5 + 1e-6
                && Math.Abs(net.Sum(each => int.Max(0, -each)) - export) <= 0.5 + 1e-6
                && Math.Abs(wholeGeneration.Sum() - generation.Sum()) <= 2
                && Math.Abs(wholeLoad.Sum() - load.Sum()) <= 3;
        }).QuickCheckThrowOnFailure();
    }
}
