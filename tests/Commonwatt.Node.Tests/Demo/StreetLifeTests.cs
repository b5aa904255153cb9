using Commonwatt.Node.Demo;
using Commonwatt.Node.Readings;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>What the homes of the demo's street do.</summary>
public sealed class StreetLifeTests
{
    private static readonly DateOnly FirstDay = new(2026, 10, 7);
    private static readonly IReadOnlyList<DemoHome> Homes = DemoStreet.Homes(16, seed: 1);

    [Fact]
    public void A_street_has_homes_of_many_kinds_a_bakery_and_a_school()
    {
        Assert.Equal([HomeKind.Flat, HomeKind.Photovoltaic, HomeKind.Battery, HomeKind.Car, HomeKind.DayCar, HomeKind.Bakery, HomeKind.School], Homes.Select(home => home.Kind).Distinct());
        Assert.All(Homes, home => Assert.Equal(home.Kind == HomeKind.Battery, home.Rules.Battery is not null));
        Assert.Equal(Homes.Count, Homes.Select(home => home.Name).Distinct().Count());
    }

    [Fact]
    public void Counters_go_on_without_a_jump_from_one_stretch_to_the_next_and_after_a_restart()
    {
        using var scratch = new ScratchFolder();
        var life = new StreetLife(Homes, FirstDay, seed: 1, scratch.File("life.json"));
        Instant border = life.Start + TimeSpan.FromDays(StreetLife.StretchDays);
        Instant before = border - TimeSpan.FromHours(2);
        Instant after = border + TimeSpan.FromHours(3);

        for (int home = 0; home < Homes.Count; home++)
        {
            HomeCounters from = life.CountersAt(home, before);
            HomeCounters to = life.CountersAt(home, after);
            int net = Enumerable.Range(0, 5).Sum(hour => life.NetOfHour(home, before + (TimeSpan.FromHours(1) * hour)));
            Assert.Equal(net, to.Import - from.Import - (to.Export - from.Export));
            Assert.InRange(to.Import - from.Import, 0, 40_000);
            Assert.Equal(to, new StreetLife(Homes, FirstDay, seed: 1, scratch.File("life.json")).CountersAt(home, after));
        }
    }

    [Fact]
    public void Panels_make_energy_by_day_and_cars_charge_when_their_people_are_at_home()
    {
        using var scratch = new ScratchFolder();
        var life = new StreetLife(Homes, FirstDay, seed: 1, scratch.File("life.json"));
        Instant midnight = life.Start + TimeSpan.FromDays(2);
        long night = 0;
        long day = 0;
        long cars = 0;
        long carsByDay = 0;
        long carsByNight = 0;
        for (int home = 0; home < Homes.Count; home++)
        {
            HomeCounters first = life.CountersAt(home, midnight);
            HomeCounters morning = life.CountersAt(home, midnight + TimeSpan.FromHours(6));
            HomeCounters evening = life.CountersAt(home, midnight + TimeSpan.FromHours(18));
            night += morning.Produced - first.Produced;
            day += evening.Produced - morning.Produced;
            cars += life.CountersAt(home, midnight + TimeSpan.FromDays(5)).Car - first.Car;
            carsByDay += Homes[home].Kind == HomeKind.Car ? evening.Car - morning.Car : 0;
            carsByNight += Homes[home].Kind == HomeKind.DayCar ? morning.Car - first.Car : 0;
        }

        Assert.Equal(0, night);
        Assert.True(day > 20_000, $"{day} Wh");
        Assert.True(cars > 0);
        Assert.Equal(0, carsByDay);
        Assert.Equal(0, carsByNight);
    }

    [Fact]
    public void Powers_and_counters_of_a_home_agree_in_every_step()
    {
        using var scratch = new ScratchFolder();
        var life = new StreetLife(Homes, FirstDay, seed: 1, scratch.File("life.json"));
        var meters = new StreetMeters(life, Commonwatt.Ledger.Keys.Address.OfName);
        Instant moment = life.Start + TimeSpan.FromHours(37);
        IReadOnlyList<MeterReading> before = meters.Read(moment);
        IReadOnlyList<MeterReading> after = meters.Read(moment + StreetStretch.Step);

        for (int home = 0; home < Homes.Count; home++)
        {
            long net = after[home].ImportWh - before[home].ImportWh - (after[home].ExportWh - before[home].ExportWh);
            Assert.Equal(net * 12, after[home].PowerW);
            Assert.Equal(after[home].PowerW, after[home].Devices.Sum(device => device.PowerW));
        }
    }
}
