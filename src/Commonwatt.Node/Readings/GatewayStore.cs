using System.Data.Common;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Readings;

/// <summary>How far each period's reading has come, and the transactions that are on their way: kept before they are sent, so that a restart sends the same bytes and no others.</summary>
/// <param name="database">The database <c>community</c>.</param>
internal sealed class GatewayStore(Database database)
{
    private const string Columns =
        """
        SELECT meter AS Meter, delivery AS Delivery, length_ms AS LengthMs, member AS Member, import_wh AS Import, export_wh AS Export,
        raw AS Raw, salt AS Salt, progress AS Progress, attempts AS Attempts FROM measured_periods
        """;

    /// <summary>Periods that are over and at some point of their way, the oldest first.</summary>
    public IReadOnlyList<MeasuredPeriodRow> Waiting(PeriodProgress progress, Instant now, int most)
    {
        using DbConnection connection = database.Open();
        return
        [
            .. connection.Query<Row>(
                $"{Columns} WHERE progress = @progress AND not_before <= @now ORDER BY not_before LIMIT @most",
                new { progress = (short)progress, now = now.UnixMilliseconds, most }).Select(row => row.ToPeriod()),
        ];
    }

    /// <summary>The periods in a transaction.</summary>
    public IReadOnlyList<MeasuredPeriodRow> In(string transactionId)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<Row>($"{Columns} WHERE transaction_id = @transactionId", new { transactionId }).Select(row => row.ToPeriod())];
    }

    /// <summary>The transactions that have no answer yet, by nonce.</summary>
    public IReadOnlyList<OutboxRow> Outbox()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<OutboxRow>("SELECT transaction_id AS TransactionId, nonce AS Nonce, bytes AS Bytes FROM gateway_outbox ORDER BY nonce")];
    }

    /// <summary>Puts a transaction on its way, with the periods it reports.</summary>
    public void PutOnItsWay(SignedTransaction transaction, IEnumerable<MeasuredPeriodRow> periods)
    {
        using DbConnection connection = database.Open();
        using DbTransaction change = connection.BeginTransaction();
        string transactionId = transaction.Id.ToString();
        connection.Execute(
            "INSERT INTO gateway_outbox (transaction_id, nonce, bytes) VALUES (@transactionId, @nonce, @bytes)",
            new { transactionId, nonce = (long)transaction.Nonce, bytes = transaction.Bytes.ToArray() },
            change);
        connection.Execute(
            "UPDATE measured_periods SET progress = @progress, transaction_id = @transactionId, attempts = attempts + 1 WHERE meter = @meter AND delivery = @delivery",
            periods.Select(period => new
            {
                progress = (short)PeriodProgress.OnItsWay,
                transactionId,
                meter = period.Meter.ToArray(),
                delivery = period.Period.Start.UnixMilliseconds,
            }),
            change);
        change.Commit();
    }

    /// <summary>Notes how far periods have come; their transaction, where one is named, has its answer.</summary>
    public void Note(string? answered, IEnumerable<PeriodStep> steps)
    {
        using DbConnection connection = database.Open();
        using DbTransaction change = connection.BeginTransaction();
        connection.Execute(
            "UPDATE measured_periods SET progress = @progress, not_before = @notBefore, code = @code, transaction_id = NULL WHERE meter = @meter AND delivery = @delivery",
            steps.Select(step => new
            {
                progress = (short)step.Progress,
                notBefore = step.NotBefore.UnixMilliseconds,
                code = step.Code,
                meter = step.Meter.ToArray(),
                delivery = step.Delivery.UnixMilliseconds,
            }),
            change);
        if (answered is not null)
        {
            connection.Execute("DELETE FROM gateway_outbox WHERE transaction_id = @answered", new { answered }, change);
        }

        change.Commit();
    }

    /// <summary>A period in its table.</summary>
    private sealed record Row
    {
        public byte[] Meter { get; init; } = [];

        public long Delivery { get; init; }

        public long LengthMs { get; init; }

        public long Member { get; init; }

        public long Import { get; init; }

        public long Export { get; init; }

        public string Raw { get; init; } = "";

        public byte[] Salt { get; init; } = [];

        public long Progress { get; init; }

        public long Attempts { get; init; }

        public MeasuredPeriodRow ToPeriod() => new(
            new Address(Meter),
            new DeliveryPeriod(new Instant(Delivery), TimeSpan.FromMilliseconds(LengthMs)),
            Member,
            new PeriodEnergy(Import, Export, null, null, null, null),
            Raw,
            Salt,
            (PeriodProgress)Progress,
            Attempts);
    }
}

/// <summary>A transaction that has no answer yet.</summary>
internal sealed record OutboxRow
{
    /// <summary>Its id.</summary>
    public string TransactionId { get; init; } = "";

    /// <summary>Its nonce.</summary>
    public long Nonce { get; init; }

    /// <summary>Its bytes as they were signed.</summary>
    public byte[] Bytes { get; init; } = [];
}

/// <summary>How far a period has come.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Delivery">When the period starts.</param>
/// <param name="Progress">How far.</param>
/// <param name="NotBefore">When to look at it again.</param>
/// <param name="Code">Why the ledger does not take it, or null.</param>
internal readonly record struct PeriodStep(Address Meter, Instant Delivery, PeriodProgress Progress, Instant NotBefore, string? Code)
{
    /// <summary>A step of a period.</summary>
    public static PeriodStep Of(MeasuredPeriodRow period, PeriodProgress progress, Instant? notBefore = null, string? code = null) =>
        new(period.Meter, period.Period.Start, progress, notBefore ?? period.Period.End, code);
}
