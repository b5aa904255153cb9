using NodaTime.TimeZones;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Where a time zone's principal place lies, after the zone table of the IANA time zone database.</summary>
internal static class PrincipalPlace
{
    /// <summary>The place of a zone, or of the zone that its name is another name for; null for zones without a place, such as UTC.</summary>
    public static Location? Of(string timeZone)
    {
        var source = TzdbDateTimeZoneSource.Default;
        if (source.ZoneLocations is not { } places)
        {
            return null;
        }

        string canonical = source.CanonicalIdMap.TryGetValue(timeZone, out string? id) ? id : timeZone;
        TzdbZoneLocation? place = places.FirstOrDefault(each => string.Equals(each.ZoneId, timeZone, StringComparison.Ordinal))
            ?? places.FirstOrDefault(each => string.Equals(each.ZoneId, canonical, StringComparison.Ordinal));
        return place is null ? null : new Location(place.Latitude, place.Longitude);
    }
}
