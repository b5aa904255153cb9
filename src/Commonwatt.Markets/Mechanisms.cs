using Commonwatt.Markets.Clearing;

namespace Commonwatt.Markets;

/// <summary>The mechanisms that clear orders, by name.</summary>
public static class Mechanisms
{
    private static readonly (string Name, Func<MechanismOptions, IMarketMechanism> Make)[] Known =
    [
        ("pay-as-clear", options => new PayAsClear(options.Rationing)),
        ("uniform-midpoint", options => new UniformMidpoint(options.Rationing)),
        ("pair-midpoint", options => new PairMidpoint(options.Rationing)),
        ("pay-as-bid", options => new PayAsBid(options.Rationing)),
        ("average-bid-fifo", options => new AverageBidFifo(options.Rationing)),
        ("reverse-auction", options => new ReverseAuction(options.ReverseAuction, options.Rationing)),
        ("trade-reduction", options => new TradeReduction(options.Rationing)),
    ];

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Known, mechanism => mechanism.Name);

    /// <summary>The mechanism of this name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What the community chose; the defaults where null.</param>
    /// <exception cref="ArgumentException">There is no mechanism of this name; the message lists those there are.</exception>
    public static IMarketMechanism Find(string name, MechanismOptions? options = null)
    {
        foreach ((string known, Func<MechanismOptions, IMarketMechanism> make) in Known)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return make(options ?? MechanismOptions.Default);
            }
        }

        throw new ArgumentException($"'{name}' is no market mechanism: choose one of {string.Join(", ", Names)}.", nameof(name));
    }
}
