using NodaTime;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>The delivery periods of a scenario, one after the other without a gap, from local midnight to local midnight.</summary>
public sealed class PeriodGrid
{
    private readonly DateTimeZone zone;

    private PeriodGrid(DateTimeZone zone, Instant start, TimeSpan length, int count)
    {
        this.zone = zone;
        Start = start;
        Length = length;
        Count = count;
    }

    /// <summary>The start of the first period: the first moment of the scenario's first local day.</summary>
    public Instant Start { get; }

    /// <summary>The length of each period.</summary>
    public TimeSpan Length { get; }

    /// <summary>How many periods: days of 23 and 25 hours have fewer and more.</summary>
    public int Count { get; }

    /// <summary>The end of the last period.</summary>
    public Instant End => StartOf(Count);

    /// <summary>How many periods 24 hours have.</summary>
    public int PeriodsPerDay => (int)(TimeSpan.TicksPerDay / Length.Ticks);

    /// <summary>The community's time zone by its IANA name.</summary>
    public string TimeZone => zone.Id;

    /// <summary>The grid of a scenario.</summary>
    /// <returns>The grid, or a problem: an unknown time zone, or a midnight that no period of this length starts at.</returns>
    public static ScenarioResult<PeriodGrid> Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(scenario.TimeZone) is not { } zone)
        {
            return ScenarioResult<PeriodGrid>.Refused([new("timeZone", $"'{scenario.TimeZone}' is not an IANA time zone; give one such as 'Europe/Lisbon'.")]);
        }

        LocalDate first = LocalDate.FromDateOnly(scenario.Start);
        Instant start = FirstMomentOf(first, zone);
        Instant end = FirstMomentOf(first.PlusDays(scenario.Days), zone);
        if (!DeliveryPeriod.IsStart(start, scenario.Period) || !DeliveryPeriod.IsStart(end, scenario.Period))
        {
            Instant off = DeliveryPeriod.IsStart(start, scenario.Period) ? end : start;
            return ScenarioResult<PeriodGrid>.Refused(
                [new("period", $"midnight in {scenario.TimeZone} is {off}, where no period of {scenario.Period.TotalMinutes} minutes starts; give a shorter period, such as 'PT15M'.")]);
        }

        return ScenarioResult<PeriodGrid>.Good(new PeriodGrid(zone, start, scenario.Period, (int)((end - start).Ticks / scenario.Period.Ticks)));
    }

    /// <summary>The start of a period; of <see cref="Count"/>, the end of the last.</summary>
    public Instant StartOf(int period) => new(Start.UnixMilliseconds + (period * (Length.Ticks / TimeSpan.TicksPerMillisecond)));

    /// <summary>The index of the period that a moment lies in; below 0 or from <see cref="Count"/> on where it lies outside.</summary>
    public int IndexOf(Instant moment) => (int)Math.Floor((double)(moment - Start).Ticks / Length.Ticks);

    /// <summary>The minute of the local day that a period starts at, 0 to 1439.</summary>
    public int LocalMinuteOf(int period)
    {
        LocalTime time = InZone(StartOf(period)).TimeOfDay;
        return (time.Hour * 60) + time.Minute;
    }

    /// <summary>The local day that a period starts on.</summary>
    public DateOnly LocalDayOf(int period) => InZone(StartOf(period)).Date.ToDateOnly();

    /// <summary>The first moment of a local day, which is not midnight where the clocks change at midnight.</summary>
    internal Instant FirstMomentOf(DateOnly day) => FirstMomentOf(LocalDate.FromDateOnly(day), zone);

    private static Instant FirstMomentOf(LocalDate day, DateTimeZone zone) =>
        new(zone.AtStartOfDay(day).ToInstant().ToUnixTimeMilliseconds());

    private ZonedDateTime InZone(Instant moment) => NodaTime.Instant.FromUnixTimeMilliseconds(moment.UnixMilliseconds).InZone(zone);
}
