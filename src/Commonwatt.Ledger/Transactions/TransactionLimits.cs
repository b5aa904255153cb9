namespace Commonwatt.Ledger.Transactions;

/// <summary>How large a transaction may be, so that nobody can stop a block.</summary>
public static class TransactionLimits
{
    /// <summary>The most bytes of an encoded transaction.</summary>
    public const int Bytes = 64 * 1024;

    /// <summary>The most calls in one transaction.</summary>
    public const int Calls = 256;

    /// <summary>The most reads and writes of state by one transaction.</summary>
    public const int StateAccesses = 20_000;

    /// <summary>The reads and writes of state by the transactions of a block after which no further one begins, so that a block takes seconds at most.</summary>
    public const int BlockStateAccesses = 2_000_000;

    /// <summary>The reads and writes of state by one sender's transactions in a block after which no further one of his begins: a quarter of the block's.</summary>
    public const int SenderStateAccesses = BlockStateAccesses / 4;

    /// <summary>How many bytes of a value count as one more read or write, so that large entries are not had for the price of small ones.</summary>
    public const int BytesPerAccess = 1024;

    /// <summary>How many reads and writes the verification of a signature counts as, and the reading of a public key that was not met before: each takes some 50 µs.</summary>
    public const int AccessesPerSignature = 100;

    /// <summary>The most reads and writes of state by one scheduled call: enough to settle a period of a hundred thousand members.</summary>
    public const int ScheduledStateAccesses = 10_000_000;

    /// <summary>The most scheduled calls in one block; what is due beyond them runs first in the next.</summary>
    public const int ScheduledCalls = 100_000;

    /// <summary>How far ahead of a block's time a transaction may expire.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
