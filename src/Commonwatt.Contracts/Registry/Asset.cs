using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Registry;

/// <summary>Something of a member's that can deliver energy: a PV system, a battery, a wind turbine.</summary>
/// <param name="Kind">What it is: <c>pv</c>, <c>wind</c>, <c>battery</c>, <c>chp</c> or <c>other</c>.</param>
/// <param name="Power">The most it delivers.</param>
public sealed record Asset(string Kind, Power Power) : ICanonical<Asset>
{
    /// <summary>The kinds there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["pv", "wind", "battery", "chp", "other"];

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Text(Kind);
        writer.Int64(Power.Watts);
    }

    /// <inheritdoc/>
    public static Asset Read(ref CanonicalReader reader) => new(reader.Text(), new Power(reader.Int64()));
}

/// <summary>An asset by its owner and the name he gave it.</summary>
/// <param name="Owner">The member's address.</param>
/// <param name="Name">The name, 1 to 64 characters.</param>
public readonly record struct AssetKey(Address Owner, string Name) : ICanonical<AssetKey>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Owner.Write(ref writer);
        writer.Text(Name);
    }

    /// <inheritdoc/>
    public static AssetKey Read(ref CanonicalReader reader) => new(Address.Read(ref reader), reader.Text());
}
