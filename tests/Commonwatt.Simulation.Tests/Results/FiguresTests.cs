using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Tests.Results;

public class FiguresTests
{
    private readonly Figures figures = Figures.Of(TwoHouses.Run());

    [Fact]
    public void Half_of_the_load_is_the_communitys_own() => Assert.Equal(0.5, figures.SelfSufficiency!.Value, 9);

    [Fact]
    public void Three_fifths_of_what_was_made_stay_inside() => Assert.Equal(0.6, figures.SelfConsumption!.Value, 9);

    [Fact]
    public void The_average_price_is_weighted_by_what_was_traded() => Assert.Equal(new Price(110_000), figures.AverageLocalPrice);

    [Fact]
    public void The_gain_is_what_all_members_pay_less()
    {
        Assert.Equal(new Money(800_000), figures.CostWithoutMarket);
        Assert.Equal(new Money(500_000), figures.CostWithMarket);
        Assert.Equal(new Money(300_000), figures.Saved);
    }

    [Fact]
    public void Peaks_are_mean_powers_of_the_first_highest_period()
    {
        Assert.Equal(new Peak(new Power(1500), 0), figures.PeakImport);
        Assert.Equal(new Peak(new Power(1500), 2), figures.PeakExport);
        Assert.Equal(2, figures.PeakToAverage!.Value, 9);
    }

    [Fact]
    public void Emissions_are_those_of_grid_energy_alone() => Assert.Equal(0.6, figures.EmissionsKilograms!.Value, 9);

    [Fact]
    public void Savings_are_spread_in_proportion_between_the_nearest_members()
    {
        SavingsDistribution savings = figures.Savings;
        Assert.Equal(new Money(120_000), savings.Lowest);
        Assert.Equal(new Money(135_000), savings.LowerQuartile);
        Assert.Equal(new Money(150_000), savings.Median);
        Assert.Equal(new Money(165_000), savings.UpperQuartile);
        Assert.Equal(new Money(180_000), savings.Highest);
        Assert.Equal(2, savings.BetterOff);
        Assert.Equal(0, savings.WorseOff);
    }

    [Fact]
    public void A_quarter_of_an_hour_counts_four_times_as_power()
    {
        Peak peak = Peak.Of([new Energy(100), new Energy(700)], TimeSpan.FromMinutes(15));

        Assert.Equal(new Peak(new Power(2800), 1), peak);
    }

    [Fact]
    public void Figures_that_do_not_exist_are_null()
    {
        SimulationResult run = TwoHouses.Run();
        Energy[] nothing = new Energy[4];
        Figures empty = Figures.Of(run with
        {
            Series = run.Series with
            {
                LocalPrice = new Price?[4],
                Load = nothing,
                Generation = nothing,
                CommunityImport = nothing,
                CarbonIntensity = null,
            },
        });

        Assert.Null(empty.SelfSufficiency);
        Assert.Null(empty.SelfConsumption);
        Assert.Null(empty.AverageLocalPrice);
        Assert.Null(empty.PeakToAverage);
        Assert.Null(empty.EmissionsKilograms);
    }

    [Fact]
    public void Arrays_of_different_lengths_are_refused_by_name()
    {
        SimulationResult run = TwoHouses.Run();

        ArgumentException refused = Assert.Throws<ArgumentException>(() => Figures.Of(run with { Series = run.Series with { Retail = [] } }));

        Assert.Equal("Retail has 0 values, but there are 4 periods.", refused.Message);
    }
}
