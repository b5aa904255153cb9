using Commonwatt.Markets;

namespace Commonwatt.Node.Projections;

/// <summary>A delivery period that is not settled yet.</summary>
internal sealed class BookPeriod
{
    /// <summary>The start of delivery.</summary>
    public required Instant Delivery { get; init; }

    /// <summary>How long delivery lasts.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>When it opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>When the gate closes.</summary>
    public required Instant Gate { get; init; }

    /// <summary>When readings are due.</summary>
    public required Instant Deadline { get; init; }

    /// <summary>Whether energy is shared after delivery instead of traded before it.</summary>
    public required bool IsSharing { get; init; }

    /// <summary>The mechanism that clears, or the rule that shares.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The fee for using the local grid, for each kWh traded.</summary>
    public required Price LocalGridFee { get; init; }

    /// <summary>The block in which it opened.</summary>
    public required ulong OpenedHeight { get; init; }

    /// <summary><c>open</c> or <c>cleared</c>; <c>settled</c> when it leaves.</summary>
    public required string Phase { get; set; }

    /// <summary>When, and by which event, the market cleared.</summary>
    public (Instant At, ulong Height, int Event)? Cleared { get; set; }

    /// <summary>The one price, if there is one.</summary>
    public Price? Price { get; set; }

    /// <summary>The energy that is traded.</summary>
    public Energy Traded { get; set; }

    /// <summary>What is paid for it.</summary>
    public Money TradedAmount { get; set; }

    /// <summary>How many trades there are.</summary>
    public int Trades { get; set; }

    /// <summary>What the DSO's limit cut, and from what to what.</summary>
    public (Power Limit, Energy Before, Energy After)? Curtailed { get; set; }

    /// <summary>The orders that stand, by member and label.</summary>
    public SortedDictionary<(long Member, long Label), BookOrder> Orders { get; } = [];

    /// <summary>The newest version that each member's label had.</summary>
    public Dictionary<(long Member, long Label), long> Versions { get; } = [];

    /// <summary>The period as those hear of it who show it as it happens.</summary>
    public PeriodChange Change => new(Delivery, Length, Gate, Phase, Price, Traded);

    /// <summary>The row of the period.</summary>
    /// <param name="settled">What its settlement gave; null before.</param>
    public object?[] Row(SettledFigures? settled = null) =>
    [
        Delivery, (long)Length.TotalMilliseconds, OpenedAt, Gate, Deadline, IsSharing, Mechanism, LocalGridFee, Phase, Cleared?.At, Price, Traded, TradedAmount,
        Orders.Count, Trades, Curtailed?.Limit, Curtailed?.Before, Curtailed?.After, settled?.At, settled?.Retail, settled?.FeedIn, settled?.Drawn, settled?.Fed, settled?.Estimates ?? 0, null,
        OpenedHeight, Cleared?.Height, Cleared?.Event, settled?.Height, settled?.Event,
    ];
}

/// <summary>What the settlement of a period gave.</summary>
/// <param name="At">When.</param>
/// <param name="Height">In which block.</param>
/// <param name="Event">By which event of it.</param>
/// <param name="Retail">The utility's price.</param>
/// <param name="FeedIn">What the utility paid.</param>
/// <param name="Drawn">What all members together took who took more than they gave.</param>
/// <param name="Fed">What all members together gave who gave more than they took.</param>
/// <param name="Estimates">For how many members a reading was missing.</param>
internal sealed record SettledFigures(Instant At, ulong Height, int Event, Price Retail, Price FeedIn, Energy Drawn, Energy Fed, int Estimates);

/// <summary>An order as the ledger took it in.</summary>
/// <param name="Version">The how-manieth of its member, period and label.</param>
/// <param name="Side">Bid or ask.</param>
/// <param name="Quantity">How much.</param>
/// <param name="LimitPrice">The most to pay, or the least to get.</param>
/// <param name="Sequence">Its place in the order of arrival.</param>
/// <param name="Locked">What it set aside.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="Height">In which block.</param>
/// <param name="Event">By which event of it.</param>
/// <param name="Receipt">In which receipt of it.</param>
internal sealed record BookOrder(
    long Version, Side Side, Energy Quantity, Price LimitPrice, ulong Sequence, Money Locked, Instant PlacedAt, ulong Height, int Event, int Receipt)
{
    /// <summary>How much of it was traded.</summary>
    public Energy Filled { get; set; }

    /// <summary>The row of the order.</summary>
    public object?[] Row(Instant delivery, long member, long label, string state, Instant? closedAt) =>
    [
        delivery, member, label, Version, Side == Side.Buy ? "buy" : "sell", Quantity, LimitPrice, Locked, state, Filled, PlacedAt, closedAt, Height, Event, Receipt,
    ];
}
