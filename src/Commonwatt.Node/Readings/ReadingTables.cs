namespace Commonwatt.Node.Readings;

/// <summary>The tables of raw readings, in the database that cannot be made anew from the ledger.</summary>
/// <remarks>Times are milliseconds since 1970, energies Wh. Everything about a member goes when his data are erased.</remarks>
internal static class ReadingTables
{
    /// <summary>The table that keeps these tables' version.</summary>
    public const string Versions = "readings_version";

    /// <summary>Each version's statements.</summary>
    public static readonly IReadOnlyList<string> Scripts =
    [
        """
        CREATE TABLE meter_readings (
            meter BYTEA NOT NULL,
            at BIGINT NOT NULL,
            import_wh BIGINT NOT NULL,
            export_wh BIGINT NOT NULL,
            power_w BIGINT,
            devices TEXT,
            PRIMARY KEY (meter, at));
        CREATE TABLE meter_contacts (
            meter BYTEA NOT NULL PRIMARY KEY,
            member BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            interval_ms BIGINT);
        CREATE TABLE meter_boundaries (
            meter BYTEA NOT NULL,
            at BIGINT NOT NULL,
            import_wh BIGINT NOT NULL,
            export_wh BIGINT NOT NULL,
            devices TEXT,
            PRIMARY KEY (meter, at));
        CREATE TABLE measured_periods (
            meter BYTEA NOT NULL,
            delivery BIGINT NOT NULL,
            length_ms BIGINT NOT NULL,
            member BIGINT NOT NULL,
            import_wh BIGINT NOT NULL,
            export_wh BIGINT NOT NULL,
            consumption_wh BIGINT,
            pv_wh BIGINT,
            charge_wh BIGINT,
            discharge_wh BIGINT,
            raw TEXT NOT NULL,
            salt BYTEA NOT NULL,
            progress SMALLINT NOT NULL,
            attempts BIGINT NOT NULL,
            not_before BIGINT NOT NULL,
            transaction_id TEXT,
            code TEXT,
            PRIMARY KEY (meter, delivery));
        CREATE INDEX measured_periods_by_progress ON measured_periods (progress, not_before);
        CREATE INDEX measured_periods_by_transaction ON measured_periods (transaction_id);
        CREATE TABLE gateway_outbox (
            transaction_id TEXT NOT NULL PRIMARY KEY,
            nonce BIGINT NOT NULL,
            bytes BYTEA NOT NULL)
        """,
    ];
}
