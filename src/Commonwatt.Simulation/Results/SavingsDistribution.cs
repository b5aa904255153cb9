namespace Commonwatt.Simulation.Results;

/// <summary>How savings are spread over the members: what the poorest, the middle and the luckiest got.</summary>
/// <param name="Lowest">The smallest saving; negative where a member lost.</param>
/// <param name="LowerQuartile">A quarter of the members saved this or less.</param>
/// <param name="Median">Half of the members saved this or less.</param>
/// <param name="UpperQuartile">Three quarters of the members saved this or less.</param>
/// <param name="Highest">The largest saving.</param>
/// <param name="BetterOff">How many members paid less than without the market.</param>
/// <param name="WorseOff">How many members paid more than without the market.</param>
public sealed record SavingsDistribution(
    Money Lowest,
    Money LowerQuartile,
    Money Median,
    Money UpperQuartile,
    Money Highest,
    int BetterOff,
    int WorseOff)
{
    /// <summary>The distribution over <paramref name="members"/>; zeros where there are none. Quantiles lie between the two nearest members, in proportion, so that the median of an even number is the middle of the two in the middle.</summary>
    public static SavingsDistribution Of(IReadOnlyList<MemberResult> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        Money[] saved = [.. members.Select(member => member.Saved).Order()];
        return new SavingsDistribution(
            Quantile(saved, 0),
            Quantile(saved, 25),
            Quantile(saved, 50),
            Quantile(saved, 75),
            Quantile(saved, 100),
            saved.Count(money => money > Money.Zero),
            saved.Count(money => money.IsNegative));
    }

    private static Money Quantile(Money[] ordered, int percent)
    {
        if (ordered.Length == 0)
        {
            return Money.Zero;
        }

        int hundredths = (ordered.Length - 1) * percent;
        Money below = ordered[hundredths / 100];
        Money above = ordered[Math.Min((hundredths / 100) + 1, ordered.Length - 1)];
        return below + (above - below).Share(hundredths % 100, 100);
    }
}
