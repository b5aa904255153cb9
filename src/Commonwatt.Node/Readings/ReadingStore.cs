using System.Data.Common;
using System.Text.Json;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Readings;

/// <summary>Keeps raw readings and what was measured in each period, off the ledger, so that they can be erased.</summary>
/// <param name="database">The database <c>community</c>.</param>
internal sealed class ReadingStore(Database database)
{
    private const string Columns = "meter AS Meter, at AS At, import_wh AS ImportWh, export_wh AS ExportWh, power_w AS PowerW, devices AS Devices";

    /// <summary>Brings the tables to their newest version.</summary>
    /// <exception cref="DatabaseException">The database does not answer, or is of a newer build.</exception>
    public void Prepare() => database.Migrate([.. ReadingTables.Scripts.Select(script => database is SqliteDatabase ? script.Replace("BYTEA", "BLOB", StringComparison.Ordinal) : script)], ReadingTables.Versions);

    /// <summary>A connection to write and read with.</summary>
    public DbConnection Open() => database.Open();

    /// <summary>When each meter was heard last.</summary>
    public IReadOnlyList<ContactRow> Contacts()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<ContactRow>("SELECT meter AS Meter, member AS Member, last_at AS LastAt, interval_ms AS IntervalMs FROM meter_contacts")];
    }

    /// <summary>A meter's newest reading, or null.</summary>
    public MeterReading? Latest(Address meter)
    {
        using DbConnection connection = database.Open();
        return connection.QueryFirstOrDefault<ReadingRow>(
            $"SELECT {Columns} FROM meter_readings WHERE meter = @meter ORDER BY at DESC LIMIT 1", new { meter = meter.ToArray() })?.ToReading();
    }

    /// <summary>A meter's readings of a stretch of time, with the nearest before and after it.</summary>
    public static IEnumerable<MeterReading> Around(DbConnection connection, DbTransaction transaction, Address meter, Instant first, Instant last) =>
        connection.Query<ReadingRow>(
            $"""
            SELECT {Columns} FROM meter_readings WHERE meter = @meter
            AND at >= COALESCE((SELECT MAX(at) FROM meter_readings WHERE meter = @meter AND at <= @first), @first)
            AND at <= COALESCE((SELECT MIN(at) FROM meter_readings WHERE meter = @meter AND at >= @last), @last)
            """,
            new { meter = meter.ToArray(), first = first.UnixMilliseconds, last = last.UnixMilliseconds },
            transaction).Select(row => row.ToReading());

    /// <summary>A meter's registers at boundaries of periods.</summary>
    public static IEnumerable<MeterReading> BoundariesOf(DbConnection connection, DbTransaction transaction, Address meter, Instant first, Instant last) =>
        connection.Query<ReadingRow>(
            "SELECT meter AS Meter, at AS At, import_wh AS ImportWh, export_wh AS ExportWh, devices AS Devices FROM meter_boundaries WHERE meter = @meter AND at >= @first AND at <= @last",
            new { meter = meter.ToArray(), first = first.UnixMilliseconds, last = last.UnixMilliseconds },
            transaction).Select(row => row.ToReading());

    /// <summary>Keeps readings; none of them is kept yet.</summary>
    public static void Keep(DbConnection connection, DbTransaction transaction, IEnumerable<MeterReading> readings) => connection.Execute(
        "INSERT INTO meter_readings (meter, at, import_wh, export_wh, power_w, devices) VALUES (@Meter, @At, @ImportWh, @ExportWh, @PowerW, @Devices)",
        readings.Select(ReadingRow.Of),
        transaction);

    /// <summary>Keeps registers at boundaries; none of them is kept yet.</summary>
    public static void KeepBoundaries(DbConnection connection, DbTransaction transaction, IEnumerable<MeterReading> boundaries) => connection.Execute(
        "INSERT INTO meter_boundaries (meter, at, import_wh, export_wh, devices) VALUES (@Meter, @At, @ImportWh, @ExportWh, @Devices)",
        boundaries.Select(ReadingRow.Of),
        transaction);

    /// <summary>Keeps when meters were heard.</summary>
    public static void KeepContacts(DbConnection connection, DbTransaction transaction, IEnumerable<ContactRow> contacts) => connection.Execute(
        """
        INSERT INTO meter_contacts (meter, member, last_at, interval_ms) VALUES (@Meter, @Member, @LastAt, @IntervalMs)
        ON CONFLICT (meter) DO UPDATE SET member = excluded.member, last_at = excluded.last_at, interval_ms = excluded.interval_ms
        """,
        contacts,
        transaction);

    /// <summary>Keeps what was measured in periods; a period that is there stays as it is.</summary>
    public static void KeepPeriods(DbConnection connection, DbTransaction transaction, IEnumerable<MeasuredPeriodRow> periods) => connection.Execute(
        """
        INSERT INTO measured_periods
        (meter, delivery, length_ms, member, import_wh, export_wh, consumption_wh, pv_wh, charge_wh, discharge_wh, raw, salt, progress, attempts, not_before)
        VALUES (@Meter, @Delivery, @LengthMs, @Member, @Import, @Export, @Consumption, @Pv, @Charge, @Discharge, @Raw, @Salt, @Progress, 0, @NotBefore)
        ON CONFLICT (meter, delivery) DO NOTHING
        """,
        periods.Select(period => new
        {
            Meter = period.Meter.ToArray(),
            Delivery = period.Period.Start.UnixMilliseconds,
            LengthMs = (long)period.Period.Length.TotalMilliseconds,
            period.Member,
            period.Energy.Import,
            period.Energy.Export,
            period.Energy.Consumption,
            period.Energy.Pv,
            period.Energy.Charge,
            period.Energy.Discharge,
            period.Raw,
            period.Salt,
            Progress = (short)period.Progress,
            NotBefore = period.Period.End.UnixMilliseconds,
        }),
        transaction);

    /// <summary>A member's own raw readings, by time.</summary>
    public IReadOnlyList<MeterReading> Raw(Address meter, Instant from, Instant to, int most)
    {
        using DbConnection connection = database.Open();
        return
        [
            .. connection.Query<ReadingRow>(
                $"SELECT {Columns} FROM meter_readings WHERE meter = @meter AND at >= @from AND at < @to ORDER BY at LIMIT @most",
                new { meter = meter.ToArray(), from = from.UnixMilliseconds, to = to.UnixMilliseconds, most }).Select(row => row.ToReading()),
        ];
    }

    /// <summary>What a member's meters measured in periods, by time.</summary>
    public IReadOnlyList<PeriodRow> PeriodsOf(long member, Instant from, Instant to)
    {
        using DbConnection connection = database.Open();
        return
        [
            .. connection.Query<PeriodRow>(
                """
                SELECT p.delivery AS Delivery, p.length_ms AS LengthMs, p.import_wh AS Import, p.export_wh AS Export,
                p.consumption_wh AS Consumption, p.pv_wh AS Pv, p.charge_wh AS Charge, p.discharge_wh AS Discharge
                FROM meter_contacts c JOIN measured_periods p ON p.meter = c.meter
                WHERE c.member = @member AND p.member = @member AND p.delivery >= @from AND p.delivery < @to ORDER BY p.delivery
                """,
                new { member, from = from.UnixMilliseconds, to = to.UnixMilliseconds }),
        ];
    }

    /// <summary>Forgets raw readings of before a time; what was measured in periods stays.</summary>
    public void ForgetBefore(Address meter, Instant time)
    {
        using DbConnection connection = database.Open();
        connection.Execute("DELETE FROM meter_readings WHERE meter = @meter AND at < @time", new { meter = meter.ToArray(), time = time.UnixMilliseconds });
        connection.Execute("DELETE FROM meter_boundaries WHERE meter = @meter AND at < @time", new { meter = meter.ToArray(), time = time.UnixMilliseconds });
    }

    /// <summary>Erases everything that is kept of a member's readings, salts included: what is left on the ledger can then be tied to no raw reading.</summary>
    /// <returns>The meters they were of.</returns>
    public IReadOnlyList<Address> Erase(long member)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        byte[][] meters = [.. connection.Query<byte[]>("SELECT meter FROM meter_contacts WHERE member = @member", new { member }, transaction)];
        foreach (string table in (string[])["meter_readings", "meter_boundaries", "measured_periods", "meter_contacts"])
        {
            connection.Execute($"DELETE FROM {table} WHERE meter = @meter", meters.Select(meter => new { meter }), transaction);
        }

        transaction.Commit();
        return [.. meters.Select(meter => new Address(meter))];
    }

    /// <summary>A reading in its table.</summary>
    private sealed record ReadingRow
    {
        public byte[] Meter { get; init; } = [];

        public long At { get; init; }

        public long ImportWh { get; init; }

        public long ExportWh { get; init; }

        public long? PowerW { get; init; }

        public string? Devices { get; init; }

        public static ReadingRow Of(MeterReading reading) => new()
        {
            Meter = reading.Meter.ToArray(),
            At = reading.At.UnixMilliseconds,
            ImportWh = reading.ImportWh,
            ExportWh = reading.ExportWh,
            PowerW = reading.PowerW,
            Devices = reading.Devices.Count == 0 ? null : JsonSerializer.Serialize(reading.Devices),
        };

        public MeterReading ToReading() => new(
            new Address(Meter),
            new Instant(At),
            ImportWh,
            ExportWh,
            PowerW,
            Devices is null ? [] : JsonSerializer.Deserialize<DeviceReading[]>(Devices) ?? []);
    }
}

/// <summary>When a meter was heard last.</summary>
internal sealed record ContactRow
{
    /// <summary>The meter's address.</summary>
    public byte[] Meter { get; init; } = [];

    /// <summary>Whose it is.</summary>
    public long Member { get; init; }

    /// <summary>The time of its newest reading.</summary>
    public long LastAt { get; init; }

    /// <summary>How often it usually reports, or null.</summary>
    public long? IntervalMs { get; init; }
}

/// <summary>What was measured in a period, as its table has it.</summary>
internal sealed record PeriodRow
{
    /// <summary>When it starts.</summary>
    public long Delivery { get; init; }

    /// <summary>How long it lasts.</summary>
    public long LengthMs { get; init; }

    /// <summary>Wh taken from the grid.</summary>
    public long Import { get; init; }

    /// <summary>Wh given to it.</summary>
    public long Export { get; init; }

    /// <summary>Wh used.</summary>
    public long? Consumption { get; init; }

    /// <summary>Wh made.</summary>
    public long? Pv { get; init; }

    /// <summary>Wh into batteries.</summary>
    public long? Charge { get; init; }

    /// <summary>Wh out of batteries.</summary>
    public long? Discharge { get; init; }
}
