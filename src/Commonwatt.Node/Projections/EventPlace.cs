namespace Commonwatt.Node.Projections;

/// <summary>Where on the ledger something happened.</summary>
/// <param name="Height">The block.</param>
/// <param name="Time">Its time.</param>
/// <param name="Event">The event's place in the block, from 0.</param>
/// <param name="Receipt">The place of the receipt in the block.</param>
internal readonly record struct EventPlace(ulong Height, Instant Time, int Event, int Receipt);
