using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Mandates;

/// <summary>What an agent may do for a member.</summary>
[Flags]
public enum MandateSides : byte
{
    /// <summary>Bid.</summary>
    Buy = 1,

    /// <summary>Ask.</summary>
    Sell = 2,

    /// <summary>Bid and ask.</summary>
    Both = Buy | Sell,
}

/// <summary>What a member lets an agent do in his name, and how far.</summary>
/// <param name="Agent">Who acts for him.</param>
/// <param name="Sides">Whether the agent bids, asks, or both.</param>
/// <param name="Lowest">The lowest limit price of an order of the agent's.</param>
/// <param name="Highest">The highest limit price.</param>
/// <param name="MostPerHour">The most energy of all the agent's orders for deliveries that start within one hour of the clock.</param>
/// <param name="From">From when on it holds, for the agent's calls and for the deliveries he trades in.</param>
/// <param name="Until">When it ends, for both: on the hour, so that no delivery that starts before runs beyond.</param>
public sealed record Mandate(Address Agent, MandateSides Sides, Price Lowest, Price Highest, Energy MostPerHour, Instant From, Instant Until) : ICanonical<Mandate>
{
    /// <summary>Whether it is in force at a time, or for a delivery that starts then.</summary>
    public bool HoldsAt(Instant time) => time >= From && time < Until;

    /// <summary>Whether the agent may trade on a side.</summary>
    public bool Allows(Side side) => Sides.HasFlag(side == Side.Buy ? MandateSides.Buy : MandateSides.Sell);

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Agent.Write(ref writer);
        writer.Byte((byte)Sides);
        writer.Int64(Lowest.MicrosPerKilowattHour);
        writer.Int64(Highest.MicrosPerKilowattHour);
        writer.Int64(MostPerHour.WattHours);
        writer.Instant(From);
        writer.Instant(Until);
    }

    /// <inheritdoc/>
    public static Mandate Read(ref CanonicalReader reader) => new(
        Address.Read(ref reader),
        (MandateSides)reader.Byte(),
        new Price(reader.Int64()),
        new Price(reader.Int64()),
        new Energy(reader.Int64()),
        reader.Instant(),
        reader.Instant());
}
