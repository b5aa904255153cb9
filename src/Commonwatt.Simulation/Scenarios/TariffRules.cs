namespace Commonwatt.Simulation.Scenarios;

/// <summary>What the utility and the grid operator charge and pay.</summary>
/// <param name="Retail">What the utility asks for a kWh, all fees in it.</param>
/// <param name="FeedIn">What the utility pays for a kWh.</param>
/// <param name="LocalGridFee">What the buyer pays the grid operator for a kWh traded inside the community, zero or more.</param>
public sealed record TariffRules(TariffSource Retail, TariffSource FeedIn, Price LocalGridFee);

/// <summary>Where a tariff's prices come from.</summary>
public abstract record TariffSource
{
    private TariffSource()
    {
    }

    /// <summary>Prices by the local time of the day: one all day, or bands.</summary>
    /// <param name="Tariff">The prices.</param>
    public sealed record OfDay(Tariff Tariff) : TariffSource;

    /// <summary>Prices from a file, in currency per kWh.</summary>
    /// <param name="Series">Where to find them.</param>
    public sealed record FromSeries(SeriesReference Series) : TariffSource;

    /// <summary>One price all day.</summary>
    public static TariffSource Flat(Price price) => new OfDay(Tariff.Flat(price));
}

/// <summary>How much carbon dioxide a kWh from the grid stands for.</summary>
public abstract record CarbonIntensity
{
    private CarbonIntensity()
    {
    }

    /// <summary>The same all the time.</summary>
    /// <param name="KilogramsPerKilowattHour">Zero or more.</param>
    public sealed record Constant(double KilogramsPerKilowattHour) : CarbonIntensity;

    /// <summary>From a file, in kg/kWh.</summary>
    /// <param name="Series">Where to find it.</param>
    public sealed record FromSeries(SeriesReference Series) : CarbonIntensity;
}
