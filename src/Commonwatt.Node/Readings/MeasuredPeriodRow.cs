using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Readings;

/// <summary>How far a period's reading has come on its way to the ledger.</summary>
internal enum PeriodProgress : short
{
    /// <summary>To be reported once the period is over.</summary>
    Ready = 0,

    /// <summary>In a transaction that has no answer yet.</summary>
    OnItsWay = 1,

    /// <summary>The ledger has it.</summary>
    Reported = 2,

    /// <summary>The ledger does not take it.</summary>
    NotTaken = 3,

    /// <summary>Somebody else reports for this meter.</summary>
    NotOurs = 4,

    /// <summary>The ledger has it, too late: the period is to be settled anew.</summary>
    ToCorrect = 5,
}

/// <summary>What a meter measured in a period.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Period">The period.</param>
/// <param name="Member">Whose meter it was then.</param>
/// <param name="Energy">What was measured.</param>
/// <param name="Raw">The registers it comes from, as the commitment has them.</param>
/// <param name="Salt">The commitment's salt.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="Attempts">How often it went out.</param>
internal sealed record MeasuredPeriodRow(
    Address Meter, DeliveryPeriod Period, long Member, PeriodEnergy Energy, string Raw, byte[] Salt, PeriodProgress Progress, long Attempts)
{
    /// <summary>What a meter measured between two boundaries.</summary>
    /// <param name="period">The period.</param>
    /// <param name="start">The registers at its start.</param>
    /// <param name="end">The registers at its end.</param>
    /// <param name="facts">What the ledger says of the meter.</param>
    /// <param name="salt">32 random bytes, used once.</param>
    public static MeasuredPeriodRow Of(DeliveryPeriod period, MeterReading start, MeterReading end, MeterFacts facts, byte[] salt) => new(
        start.Meter,
        period,
        facts.Member,
        Registers.Energy(start, end, facts.HasGeneration),
        $"{start.Meter} {period} {start.ImportWh} {end.ImportWh} {start.ExportWh} {end.ExportWh}",
        salt,
        facts.IsOurs ? PeriodProgress.Ready : PeriodProgress.NotOurs,
        Attempts: 0);
}
