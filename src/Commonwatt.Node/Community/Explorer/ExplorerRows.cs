using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>A row of the table of blocks.</summary>
internal sealed record BlockRow
{
    /// <summary>The beginning of a query.</summary>
    public const string Select = "SELECT height, time, hash, proposer, transactions, scheduled, events, bytes, signatures FROM blocks";

    public long Height { get; init; }

    public Instant Time { get; init; }

    public Hash Hash { get; init; }

    public Address Proposer { get; init; }

    public long Transactions { get; init; }

    public long Scheduled { get; init; }

    public long Events { get; init; }

    public long Bytes { get; init; }

    public long Signatures { get; init; }

    /// <summary>As it is answered.</summary>
    public BlockJson ToJson() => new((ulong)Height, Time, Hash.ToString(), Transactions, Scheduled, Events, Proposer.ToString(), Signatures, Bytes);
}

/// <summary>A row of the table of transactions.</summary>
internal sealed record ReceiptRow
{
    /// <summary>The beginning of a query.</summary>
    public const string Select =
        """
        SELECT height, place, id, is_scheduled AS IsScheduled, sender, nonce, expires, calls, first_call AS FirstCall, is_done AS IsDone, is_admitted AS IsAdmitted, code, sentence
        FROM transactions
        """;

    public long Height { get; init; }

    public long Place { get; init; }

    public Hash Id { get; init; }

    public long IsScheduled { get; init; }

    public Address? Sender { get; init; }

    public long? Nonce { get; init; }

    public long? Expires { get; init; }

    public long Calls { get; init; }

    public string? FirstCall { get; init; }

    public long IsDone { get; init; }

    public long IsAdmitted { get; init; }

    public string? Code { get; init; }

    public string? Sentence { get; init; }

    /// <summary>As it is answered.</summary>
    public ReceiptJson ToJson() => new(
        Id.ToString(), (ulong)Height, Place, IsScheduled == 1, Sender?.ToString(), FirstCall, Calls, IsDone == 1 ? null : new OutcomeJson(Code ?? "", Sentence ?? ""));
}

/// <summary>A row of the table of events.</summary>
internal sealed record EventRow
{
    public long Place { get; init; }

    public long Receipt { get; init; }

    public string Name { get; init; } = "";

    public byte[] Content { get; init; } = [];
}
