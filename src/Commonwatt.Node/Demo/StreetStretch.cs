using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Node.Demo;

/// <summary>What all homes of the street do in a stretch of days, in steps of five minutes.</summary>
internal sealed class StreetStretch
{
    /// <summary>The length of a step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private const double RoundTrip = 0.9;

    private StreetStretch(PeriodGrid grid, IReadOnlyList<HomeState> start, HomeEnergy[] homes, HomeState[] end)
    {
        Grid = grid;
        Start = start;
        Homes = homes;
        End = end;
    }

    /// <summary>Its steps.</summary>
    public PeriodGrid Grid { get; }

    /// <summary>Where each home stood at its start.</summary>
    public IReadOnlyList<HomeState> Start { get; }

    /// <summary>What each home does.</summary>
    public IReadOnlyList<HomeEnergy> Homes { get; }

    /// <summary>Where each home stands at its end.</summary>
    public IReadOnlyList<HomeState> End { get; }

    /// <summary>Makes up a stretch: the same homes, days and seed give the same.</summary>
    /// <param name="homes">The homes.</param>
    /// <param name="firstDay">The first local day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="seed">What it is made up from.</param>
    /// <param name="start">Where each home stands at the start.</param>
    public static StreetStretch Of(IReadOnlyList<DemoHome> homes, DateOnly firstDay, int days, ulong seed, IReadOnlyList<HomeState> start)
    {
        PeriodGrid grid = PeriodGrid.Of(DemoStreet.Scenario(homes, firstDay, days, Step, seed)).Required();
        var sources = new MadeUpSources(DemoStreet.Place, seed, grid);
        var made = new HomeEnergy[homes.Count];
        var end = new HomeState[homes.Count];
        Parallel.For(0, homes.Count, index =>
        {
            (made[index], double stored) = Make(homes[index], grid, sources, seed, start[index].Stored);
            end[index] = new HomeState(made[index].Count(start[index].Counters, 0, grid.Count), stored);
        });
        return new StreetStretch(grid, start, made, end);
    }

    /// <summary>A home's net energy (import less export) from one step up to another, in Wh.</summary>
    public int Net(int home, int from, int to)
    {
        int net = 0;
        for (int step = from; step < to; step++)
        {
            net += Homes[home].Net(step);
        }

        return net;
    }

    private static (HomeEnergy Energy, double Stored) Make(DemoHome home, PeriodGrid grid, MadeUpSources sources, ulong seed, double stored)
    {
        MemberRules rules = home.Rules;
        double[] load = sources.Consumption((LoadSource.Household)rules.Load, home.Id);
        home.Work?.AddTo(load, grid, SeededRandom.Mix(SeededRandom.Mix(seed, "work"), home.Id));
        double[]? panels = rules.Pv is GenerationSource.Photovoltaic system ? sources.Generation(system, home.Id) : null;
        (int[] wholeLoad, int[] generation) = panels is null ? (NetMeter.Count(load), new int[grid.Count]) : NetMeter.Count(load, panels);
        int[] car = home.Car is { } habit ? NetMeter.Count(CarCharging.Of(habit, grid, SeededRandom.Mix(SeededRandom.Mix(seed, "car"), home.Id))) : new int[grid.Count];
        int[] battery = new int[grid.Count];
        if (rules.Battery is { } has)
        {
            var rule = new BatterySelfConsumption(has.Capacity, has.Power, RoundTrip, Math.Clamp(stored / has.Capacity.WattHours, 0, 1), grid.Length);
            var evening = new EveningSale(has, RoundTrip);
            for (int step = 0; step < battery.Length; step++)
            {
                int bare = wholeLoad[step] + car[step] - generation[step];
                int sale = evening.In(grid.LocalMinuteOf(step), grid.LocalDayOf(step), rule.Stored);
                battery[step] = bare - (int)(rule.Run(bare + sale) - sale);
            }

            stored = rule.Stored;
        }

        return (new HomeEnergy { Load = wholeLoad, Car = car, Generation = generation, Battery = battery }, stored);
    }
}
