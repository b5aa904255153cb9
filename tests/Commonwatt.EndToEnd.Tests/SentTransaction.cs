using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>A transfer that the load made.</summary>
internal sealed record SentTransaction(SignedTransaction Signed, Address To, long Amount)
{
    /// <summary>What the client was told in the end, or null while it does not know.</summary>
    public CertifiedAnswer? Answer { get; set; }
}

/// <summary>What a client was told of a transaction for good.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Height">The final block that holds it; null where none does.</param>
/// <param name="Code">Why it was refused, or empty.</param>
/// <param name="At">When the client heard it.</param>
internal sealed record CertifiedAnswer(AnswerKind Kind, ulong? Height, string Code, DateTimeOffset At);

/// <summary>What became of a transaction.</summary>
internal enum AnswerKind
{
    /// <summary>A final block did it.</summary>
    Done,

    /// <summary>A final block refused it.</summary>
    RefusedInBlock,

    /// <summary>Overtaken: it can stand in no block any more.</summary>
    Overtaken,

    /// <summary>A final block holds it, and the validator was started since and keeps no receipts.</summary>
    WithoutReceipt,
}
