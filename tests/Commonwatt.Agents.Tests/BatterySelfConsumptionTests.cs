using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Agents.Tests;

public class BatterySelfConsumptionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void It_keeps_a_surplus_for_the_evening_less_what_the_round_trip_loses()
    {
        var battery = new BatterySelfConsumption(new Energy(10_000), new Power(5000), roundTripEfficiency: 0.9, initialCharge: 0, Hour);

        Assert.Equal(0, battery.Run(-2000));
        Assert.InRange(battery.Run(3000), 1200, 1201);
        Assert.InRange(battery.Stored, 0, 1.1);
    }

    [Fact]
    public void It_charges_and_discharges_no_faster_than_its_power()
    {
        var battery = new BatterySelfConsumption(new Energy(10_000), new Power(2500), 0.9, initialCharge: 0.5, TimeSpan.FromMinutes(15));

        Assert.Equal(-1000 + 625, battery.Run(-1000));
        Assert.Equal(1000 - 625, battery.Run(1000));
    }

    [Fact]
    public void A_full_battery_lets_the_surplus_through_and_an_empty_one_the_deficit()
    {
        Assert.Equal(-700, new BatterySelfConsumption(new Energy(5000), new Power(2500), 0.9, initialCharge: 1, Hour).Run(-700));
        Assert.Equal(700, new BatterySelfConsumption(new Energy(5000), new Power(2500), 0.9, initialCharge: 0, Hour).Run(700));
    }

    [Fact]
    public void It_never_makes_energy_nor_changes_the_direction_at_the_meter_nor_leaves_its_capacity()
    {
        Gen<int[]> days = Gen.Choose(-4000, 4000).ArrayOf(48);
        Prop.ForAll(days.ToArbitrary(), nets =>
        {
            var battery = new BatterySelfConsumption(new Energy(6000), new Power(2000), 0.8, initialCharge: 0, Hour);
            double charged = 0;
            double discharged = 0;
            bool sane = true;
            foreach (int net in nets)
            {
                long metered = battery.Run(net);
                charged += long.Max(0, metered - net);
                discharged += long.Max(0, net - metered);
                sane &= long.Abs(metered) <= Math.Abs(net) && metered * (long)net >= 0;
                sane &= battery.Stored is >= 0 and <= 6000 && Math.Abs(metered - net) <= 2000;
            }

            double stored = (charged * Math.Sqrt(0.8)) - (discharged / Math.Sqrt(0.8));
            return sane && Math.Abs(stored - battery.Stored) < 0.001;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.1, 0)]
    [InlineData(0.9, -0.1)]
    [InlineData(0.9, 1.1)]
    public void An_efficiency_or_a_charge_that_cannot_be_is_refused(double efficiency, double charge)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatterySelfConsumption(new Energy(1), new Power(1), efficiency, charge, Hour));
    }
}
