namespace Commonwatt.Markets;

/// <summary>The mechanisms that clear orders, by name.</summary>
public static class Mechanisms
{
    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [];

    /// <summary>The mechanism of this name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What the community chose; the defaults where null.</param>
    /// <exception cref="ArgumentException">There is no mechanism of this name; the message lists those there are.</exception>
    public static IMarketMechanism Find(string name, MechanismOptions? options = null) =>
        throw new ArgumentException($"'{name}' is no market mechanism: choose one of {string.Join(", ", Names)}.", nameof(name));
}
