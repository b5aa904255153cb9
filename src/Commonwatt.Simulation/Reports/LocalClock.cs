using NodaTime;
using NodaTime.TimeZones;

namespace Commonwatt.Simulation.Reports;

/// <summary>Turns points in time into local time, remembering the zone's current interval: a year has three of them, but many thousand periods.</summary>
internal sealed class LocalClock(DateTimeZone zone)
{
    private ZoneInterval? current;

    /// <summary>Minutes that local time is ahead of UTC.</summary>
    public int OffsetMinutes(Instant instant)
    {
        NodaTime.Instant moment = NodaTime.Instant.FromUnixTimeMilliseconds(instant.UnixMilliseconds);
        if (current is null || !current.Contains(moment))
        {
            current = zone.GetZoneInterval(moment);
        }

        return current.WallOffset.Seconds / 60;
    }

    /// <summary>The minute of the local day, 0 to 1439.</summary>
    public int MinuteOfDay(Instant instant)
    {
        long local = (instant.UnixMilliseconds / 60_000) + OffsetMinutes(instant);
        return (int)(((local % 1440) + 1440) % 1440);
    }

    /// <summary>The local date and time.</summary>
    public LocalDateTime At(Instant instant) =>
        NodaTime.Instant.FromUnixTimeMilliseconds(instant.UnixMilliseconds).InZone(zone).LocalDateTime;
}
