using Commonwatt.Agents;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Puts one member's energy on the grid and runs its battery.</summary>
internal sealed class MemberPreparation(Scenario scenario, PeriodGrid grid, MadeUpSources sources)
{
    // Shared by all members that need them: a year has 35,040 quarters of an hour, and a community hundreds of members.
    private readonly int[] nothing = new int[grid.Count];
    private readonly GridEnergy none = new(new double[grid.Count], new ReadingState[grid.Count], "none");
    private readonly ReadingState[] allMeasured = new ReadingState[grid.Count];

    public Prepared Prepare(MemberInputs inputs)
    {
        MemberRules rules = inputs.Rules;
        List<SeriesProblems> found = [];
        List<ScenarioProblem> problems = [];
        GridEnergy load = rules.Load is LoadSource.Household home
            ? new GridEnergy(sources.Consumption(home, rules.Id), allMeasured, "none")
            : FromSeries(inputs.Load!, inputs, found, problems);
        GridEnergy generation = Generation(inputs, found, problems);
        ReadingState[] states = Combine(load.States, generation.States);
        (int[] wholeLoad, int[] wholeGeneration) = ReferenceEquals(generation, none) ? (NetMeter.Count(load.WattHours), nothing) : NetMeter.Count(load.WattHours, generation.WattHours);
        int[] net = Net(rules, wholeLoad, wholeGeneration, states);
        var data = new MemberData(rules, grid)
        {
            Load = wholeLoad,
            Generation = wholeGeneration,
            Net = net,
            States = states,
            GenerationCapacity = Capacity(rules, wholeGeneration, generation.States),
            Deposit = rules.Deposit ?? scenario.Wallet.Deposit,
            CreditLine = rules.CreditLine ?? scenario.Wallet.CreditLine,
            Forecast = (rules.Forecast ?? scenario.Forecast) == ForecastKind.Perfect ? new PerfectForecast(net) : new PersistenceForecast(),
            Strategy = rules.Strategy.Create(SeededRandom.Mix(SeededRandom.Mix(scenario.Seed, "bids"), rules.Id)),
        };
        return new Prepared(data, found, problems);
    }

    private GridEnergy Generation(MemberInputs inputs, List<SeriesProblems> found, List<ScenarioProblem> problems) => inputs.Rules.Pv switch
    {
        GenerationSource.Photovoltaic system => new GridEnergy(sources.Generation(system, inputs.Rules.Id), allMeasured, "none"),
        GenerationSource.FromSeries => FromSeries(inputs.Pv!, inputs, found, problems),
        _ => none,
    };

    private GridEnergy FromSeries(MemberSeries series, MemberInputs inputs, List<SeriesProblems> found, List<ScenarioProblem> problems)
    {
        double most = inputs.Rules.Connection.For(series.Series.Step).WattHours;
        GridEnergy energy = GridEnergy.Of(series.Series, series.Column, series.WattHoursEach, most, grid);
        var inspection = SeriesInspection.Of(series.Series, series.Column, grid.Start, grid.End, most / series.WattHoursEach, SeriesInspection.MeterRules);
        found.Add(Inside.Report(inputs.Rules.Id, series.Quantity, series.Reference, series.Series, energy.Resampling, inspection));
        if (inspection.Readings == 0)
        {
            problems.Add(Inside.Problem(inputs.Path, series.Reference, series.Series, grid));
        }

        return energy;
    }

    private ReadingState[] Combine(ReadingState[] load, ReadingState[] generation)
    {
        if (ReferenceEquals(generation, allMeasured) || ReferenceEquals(generation, none.States))
        {
            return load;
        }

        if (ReferenceEquals(load, allMeasured))
        {
            return generation;
        }

        var states = new ReadingState[load.Length];
        for (int period = 0; period < states.Length; period++)
        {
            states[period] = GridEnergy.Worse(load[period], generation[period]);
        }

        return states;
    }

    private int[] Net(MemberRules rules, int[] load, int[] generation, ReadingState[] states)
    {
        if (ReferenceEquals(generation, nothing) && rules.Battery is null)
        {
            return load;
        }

        BatterySelfConsumption? battery = rules.Battery is { } has
            ? new BatterySelfConsumption(has.Capacity, has.Power, has.RoundTripEfficiency, has.InitialCharge, grid.Length)
            : null;
        int[] net = new int[load.Length];
        for (int period = 0; period < net.Length; period++)
        {
            int bare = load[period] - generation[period];

            // On a reading that is missing or cannot be true the battery would act on a fiction: it rests.
            bool acts = battery is not null && states[period] == ReadingState.Measured;
            net[period] = acts ? (int)battery!.Run(bare) : bare;
        }

        return net;
    }

    private Power Capacity(MemberRules rules, int[] generation, ReadingState[] states)
    {
        if (rules.Pv is GenerationSource.Photovoltaic system)
        {
            return system.Peak;
        }

        long most = 0;
        for (int period = 0; period < generation.Length; period++)
        {
            most = states[period] == ReadingState.Measured ? long.Max(most, generation[period]) : most;
        }

        long periodsPerHour = TimeSpan.TicksPerHour / grid.Length.Ticks;
        return new Power(most * periodsPerHour);
    }
}
