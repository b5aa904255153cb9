namespace Commonwatt.Markets;

/// <summary>How orders with equal claims share what there is.</summary>
public enum Rationing : byte
{
    /// <summary>The earlier order fills first.</summary>
    Arrival,

    /// <summary>Equal claims share in proportion to quantity, whole Wh by largest remainder, so that being early is no advantage.</summary>
    ProRata,
}

/// <summary>What the buyer of a reverse auction pays.</summary>
public enum ReverseAuctionPayment : byte
{
    /// <summary>Each seller gets the price he asked.</summary>
    PayAsOffered,

    /// <summary>Each seller gets the price of the last ask taken.</summary>
    Uniform,
}

/// <summary>What a community may choose about its mechanism.</summary>
/// <param name="Rationing">How equal prices at the margin share; by arrival unless said otherwise.</param>
/// <param name="ReverseAuction">What a reverse auction pays; as offered unless said otherwise.</param>
public sealed record MechanismOptions(
    Rationing Rationing = Rationing.Arrival,
    ReverseAuctionPayment ReverseAuction = ReverseAuctionPayment.PayAsOffered)
{
    /// <summary>The options a community has that chose none.</summary>
    public static MechanismOptions Default { get; } = new();
}
