namespace Commonwatt.Node.Community.Home;

/// <summary>What a member sees first.</summary>
/// <param name="Now">The community's time.</param>
/// <param name="Power">The powers just now, or null where no meter was heard of.</param>
/// <param name="Price">The price of the period that runs, or null where none does.</param>
/// <param name="Period">What the member trades in the period that runs, or null.</param>
/// <param name="Balance">Micro-currency.</param>
/// <param name="Locked">What orders and trades set aside, micro-currency.</param>
/// <param name="CreditLine">How far orders may go below zero, micro-currency.</param>
/// <param name="Available">What new orders may use, micro-currency.</param>
/// <param name="SavedThisMonth">What the community saved the member this month, as far as it has settled, micro-currency.</param>
/// <param name="SavedToday">The same today.</param>
/// <param name="Sentence">What is happening, and why.</param>
internal sealed record HomeJson(
    Instant Now,
    PowerJson? Power,
    HomePriceJson? Price,
    HomePeriodJson? Period,
    long Balance,
    long Locked,
    long CreditLine,
    long Available,
    long SavedThisMonth,
    long SavedToday,
    SentenceJson Sentence);

/// <summary>Powers at a moment, in watts; what a home does not have or report is null.</summary>
/// <param name="ImportW">What is taken from the grid.</param>
/// <param name="ExportW">What is given to the grid.</param>
/// <param name="PvW">What the sun gives.</param>
/// <param name="BatteryW">What the battery takes; negative where it gives.</param>
/// <param name="EvW">What vehicles take; negative where they give.</param>
/// <param name="LoadW">What all else takes.</param>
/// <param name="At">When it was measured.</param>
/// <param name="AgeSeconds">How long ago, in the community's time.</param>
internal sealed record PowerJson(long ImportW, long ExportW, long? PvW, long? BatteryW, long? EvW, long? LoadW, Instant At, long AgeSeconds)
{
    /// <summary>A reading as it is sent.</summary>
    public static PowerJson Of(LivePower power, Instant now) => new(
        power.Import.Watts,
        power.Export.Watts,
        power.Pv?.Watts,
        power.Battery?.Watts,
        power.Vehicle?.Watts,
        power.Load?.Watts,
        power.At,
        long.Max(0, (now.UnixMilliseconds - power.At.UnixMilliseconds) / 1000));
}

/// <summary>The price of the period that runs, micro-currency per kWh.</summary>
/// <param name="Price">Inside the community; null where nothing trades.</param>
/// <param name="Retail">What the utility charges.</param>
/// <param name="FeedIn">What it pays.</param>
/// <param name="PeriodStart">The start of the period.</param>
internal sealed record HomePriceJson(long? Price, long? Retail, long? FeedIn, Instant PeriodStart);

/// <summary>What the member trades in the period that runs.</summary>
/// <param name="Start">Its start.</param>
/// <param name="End">Its end.</param>
/// <param name="BoughtWh">What he bought.</param>
/// <param name="SoldWh">What he sold.</param>
/// <param name="Counterparties">With how many neighbours.</param>
internal sealed record HomePeriodJson(Instant Start, Instant End, long BoughtWh, long SoldWh, long Counterparties);

/// <summary>A sentence that the page says in its reader's language.</summary>
/// <param name="Code"><c>selling</c>, <c>buying</c>, <c>self-sufficient</c>, <c>importing-grid</c>, <c>exporting-grid</c>, <c>no-readings</c> or <c>market-stopped</c>.</param>
/// <param name="Values">What stands in it.</param>
internal sealed record SentenceJson(string Code, SentenceValuesJson Values);

/// <summary>What stands in a sentence; what does not is null.</summary>
/// <param name="PowerW">The power it is about: what is bought, sold, taken or given.</param>
/// <param name="GridW">What comes from or goes to the grid besides.</param>
/// <param name="Neighbours">With how many neighbours.</param>
/// <param name="Price">At which price, micro-currency per kWh.</param>
/// <param name="At">Since when, or from when the newest reading is.</param>
internal sealed record SentenceValuesJson(long? PowerW = null, long? GridW = null, long? Neighbours = null, long? Price = null, Instant? At = null);
