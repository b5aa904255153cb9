using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Finality;

/// <summary>Something about other validators, or the order, that the people who run this one must hear of.</summary>
/// <param name="Sentence">What it is.</param>
/// <param name="Evidence">Evidence against a validator that signed two headers, or null.</param>
/// <param name="Own">The header that this node computed, where another one was signed for its height, or null.</param>
/// <param name="Other">The signature under that other one, or null.</param>
public sealed record FinalityNotice(string Sentence, Equivocation? Evidence = null, BlockHeader? Own = null, Vote? Other = null);
