namespace Commonwatt.Markets;

/// <summary>Energy that one member buys from another: a trade with its orders replaced by their members, or a share of a surplus.</summary>
/// <param name="Buyer">Who pays.</param>
/// <param name="Seller">Who delivers.</param>
/// <param name="Quantity">How much, in Wh; more than zero.</param>
/// <param name="Price">The price it was agreed at.</param>
/// <param name="Amount">What the buyer pays and the seller gets, one number.</param>
public readonly record struct MemberTrade(MemberId Buyer, MemberId Seller, Energy Quantity, Price Price, Money Amount);
