using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>What the community gained, in a sentence or two.</summary>
internal static class Headline
{
    /// <summary>The one sentence that a reader should keep.</summary>
    public static string Gain(SimulationResult result, Figures figures)
    {
        string who = $"The {Say.Count(result.Members.Count, "member")} of {result.Scenario}";
        string span = Span(result);
        string with = Say.Money(figures.CostWithMarket, result.Currency);
        string without = Say.Money(figures.CostWithoutMarket, result.Currency);
        string difference = Say.Money(Money.Abs(figures.Saved), result.Currency);
        return figures.Saved switch
        {
            { IsZero: true } => $"{who} paid the same with their market as without it: {with} in {span}.",
            { IsNegative: true } => $"{who} paid {difference} more with their market than without it: {with} instead of {without}, in {span}.",
            _ when figures.CostWithMarket.IsNegative => $"{who} gained {difference} by trading with each other, in {span}.",
            _ => $"{who} saved {difference} by trading with each other: they paid {with} instead of {without}, in {span}.",
        };
    }

    /// <summary>Where the energy came from, and what the trade was about.</summary>
    public static string Energy(SimulationResult result, Figures figures)
    {
        string own = figures.SelfSufficiency is { } share
            ? $"{Say.Percent(share)} of the electricity they used was their own. "
            : "";
        string trade = figures.AverageLocalPrice is { } price
            ? $"They traded {Say.Energy(figures.Traded)} among themselves, at {Say.Price(price, result.Currency)} on average."
            : "Nothing was traded: no period had both a surplus and a need, at prices that met.";
        return own + trade;
    }

    /// <summary>How long the run was, in words.</summary>
    public static string Span(SimulationResult result)
    {
        double hours = (result.End - result.Start).TotalHours;
        return hours < 36 ? Say.Count((long)Math.Round(hours), "hour") : Say.Count((long)Math.Round(hours / 24), "day");
    }
}
