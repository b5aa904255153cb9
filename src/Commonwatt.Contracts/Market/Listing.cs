using Commonwatt.Contracts.Governance;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Market;

/// <summary>Where a period is in its life.</summary>
/// <remarks>
/// Source 001 and 004 know <c>AUTHORIZE_OFFERS</c> (here <see cref="AcceptingOrders"/>) and <c>BIDS_CLOSED</c> (here <see cref="Cleared"/>);
/// their <c>kWhlisting</c> is the <see cref="Listing"/>, and <c>CloseBidding</c> the scheduled call that clears.
/// </remarks>
public enum PeriodState : byte
{
    /// <summary>Members place, replace and withdraw orders.</summary>
    AcceptingOrders = 1,

    /// <summary>The gate is closed and the market cleared; delivery has not begun.</summary>
    Cleared = 2,

    /// <summary>Energy is being delivered.</summary>
    Delivering = 3,

    /// <summary>Delivery is over; readings come in.</summary>
    AwaitingReadings = 4,

    /// <summary>Settled.</summary>
    Settled = 5,
}

/// <summary>A period's market on the ledger, from its opening to its settlement.</summary>
/// <param name="IsCleared">Whether the gate has closed.</param>
/// <param name="Parameters">The rules it opened with: they hold for its whole life.</param>
public sealed record Listing(bool IsCleared, MarketParameters Parameters) : ICanonical<Listing>
{
    /// <summary>Where the period is in its life.</summary>
    /// <param name="delivery">When it starts.</param>
    /// <param name="now">Block time.</param>
    public PeriodState StateAt(Instant delivery, Instant now)
    {
        if (!IsCleared)
        {
            return PeriodState.AcceptingOrders;
        }

        if (now < delivery)
        {
            return PeriodState.Cleared;
        }

        return now < delivery + Parameters.PeriodLength ? PeriodState.Delivering : PeriodState.AwaitingReadings;
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Boolean(IsCleared);
        Parameters.Write(ref writer);
    }

    /// <inheritdoc/>
    public static Listing Read(ref CanonicalReader reader) => new(reader.Boolean(), MarketParameters.Read(ref reader));
}
