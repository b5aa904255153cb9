namespace Commonwatt.Simulation.Results;

/// <summary>The figures that people compare communities by, computed from a <see cref="SimulationResult"/>.</summary>
public sealed record Figures
{
    private Figures(SimulationResult result)
    {
        PeriodSeries series = result.Series;
        Load = Sum(series.Load);
        Generation = Sum(series.Generation);
        Traded = Sum(series.Traded);
        Import = Sum(series.CommunityImport);
        Export = Sum(series.CommunityExport);
        SelfSufficiency = OneMinus(Import, Load);
        SelfConsumption = OneMinus(Export, Generation);
        CostWithMarket = Sum(result.Members, member => member.CostWithMarket);
        CostWithoutMarket = Sum(result.Members, member => member.CostWithoutMarket);
        AverageLocalPrice = WeightedMean(series.LocalPrice, series.Traded);
        PeakImport = Peak.Of(series.CommunityImport, result.PeriodLength);
        PeakExport = Peak.Of(series.CommunityExport, result.PeriodLength);
        PeakToAverage = Import.IsZero ? null : series.CommunityImport.Max().WattHours * (double)series.Count / Import.WattHours;
        EmissionsKilograms = Emissions(series);
        Savings = SavingsDistribution.Of(result.Members);
    }

    /// <summary>What the members used.</summary>
    public Energy Load { get; }

    /// <summary>What the members' PV systems made.</summary>
    public Energy Generation { get; }

    /// <summary>What was traded inside the community.</summary>
    public Energy Traded { get; }

    /// <summary>What the community drew from the grid.</summary>
    public Energy Import { get; }

    /// <summary>What the community fed into the grid.</summary>
    public Energy Export { get; }

    /// <summary>The share of the load that did not come from the grid: 1 - import / load. Below zero where batteries store grid energy; null without load.</summary>
    public double? SelfSufficiency { get; }

    /// <summary>The share of the generation used inside the community: 1 - export / generation; null without generation.</summary>
    public double? SelfConsumption { get; }

    /// <summary>What all members paid together.</summary>
    public Money CostWithMarket { get; }

    /// <summary>What all members would have paid at the utility's tariffs alone.</summary>
    public Money CostWithoutMarket { get; }

    /// <summary>What the community gained; negative where it lost.</summary>
    public Money Saved => CostWithoutMarket - CostWithMarket;

    /// <summary>The mean price inside the community, weighted by quantity; null where nothing was traded.</summary>
    public Price? AverageLocalPrice { get; }

    /// <summary>The period of the highest draw from the grid.</summary>
    public Peak PeakImport { get; }

    /// <summary>The period of the highest feed into the grid.</summary>
    public Peak PeakExport { get; }

    /// <summary>The highest draw from the grid over its mean, 1 or more; null without any.</summary>
    public double? PeakToAverage { get; }

    /// <summary>The emissions of what was drawn from the grid, in kg of CO₂ equivalent; null without an intensity series.</summary>
    public double? EmissionsKilograms { get; }

    /// <summary>How the savings are spread over the members.</summary>
    public SavingsDistribution Savings { get; }

    /// <summary>Computes the figures of a run.</summary>
    /// <exception cref="ArgumentException">The arrays of the run have different lengths.</exception>
    public static Figures Of(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        result.Series.RequireEqualLengths();
        return new Figures(result);
    }

    private static Energy Sum(Energy[] values)
    {
        long total = 0;
        foreach (Energy value in values)
        {
            total = checked(total + value.WattHours);
        }

        return new Energy(total);
    }

    private static Money Sum(IReadOnlyList<MemberResult> members, Func<MemberResult, Money> of) =>
        members.Aggregate(Money.Zero, (total, member) => total + of(member));

    private static double? OneMinus(Energy part, Energy whole) =>
        whole.IsZero ? null : 1 - (part.WattHours / (double)whole.WattHours);

    private static Price? WeightedMean(Price?[] prices, Energy[] weights)
    {
        Int128 worth = 0;
        Int128 quantity = 0;
        for (int period = 0; period < prices.Length; period++)
        {
            if (prices[period] is { } price)
            {
                worth += (Int128)price.MicrosPerKilowattHour * weights[period].WattHours;
                quantity += weights[period].WattHours;
            }
        }

        return quantity == 0 ? null : new Price((long)(worth / quantity));
    }

    private static double? Emissions(PeriodSeries series)
    {
        if (series.CarbonIntensity is not { } intensity)
        {
            return null;
        }

        double grams = 0;
        for (int period = 0; period < series.Count; period++)
        {
            grams += series.CommunityImport[period].WattHours / 1000.0 * intensity[period];
        }

        return grams / 1000;
    }
}
