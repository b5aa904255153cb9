using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Readings;

/// <summary>A meter's newest reading.</summary>
/// <param name="Member">Whose meter it is.</param>
/// <param name="Reading">The reading.</param>
/// <param name="Previous">The one before it, where it is at hand.</param>
/// <param name="Interval">How often the meter usually reports, or null where that is not known yet.</param>
internal sealed record LatestReading(long Member, MeterReading Reading, MeterReading? Previous, TimeSpan? Interval)
{
    /// <summary>The newest reading after some came in.</summary>
    /// <param name="before">The one before.</param>
    /// <param name="added">The new ones by time; they may be older.</param>
    /// <param name="member">Whose meter it is.</param>
    public static LatestReading After(LatestReading? before, MeterReading[] added, long member)
    {
        LatestReading? newest = before is null ? null : before with { Member = member };
        foreach (MeterReading reading in added)
        {
            newest = newest is null ? new LatestReading(member, reading, Previous: null, Interval: null)
                : reading.At > newest.Reading.At ? new LatestReading(member, reading, newest.Reading, Usual(newest.Interval, reading.At - newest.Reading.At))
                : newest;
        }

        return newest!;
    }

    /// <summary>As its table has it.</summary>
    public ContactRow ToRow() => new()
    {
        Meter = Reading.Meter.ToArray(),
        Member = Member,
        LastAt = Reading.At.UnixMilliseconds,
        IntervalMs = (long?)Interval?.TotalMilliseconds,
    };

    // A pause does not make a meter a slow one at once, nor does one that reports more often stay one.
    private static TimeSpan Usual(TimeSpan? before, TimeSpan latest) => before is not { } usual ? latest
        : latest > usual * 4 ? usual + (usual / 4)
        : ((usual * 3) + latest) / 4;
}

/// <summary>The newest reading of each meter, in memory.</summary>
/// <param name="store">Where they are kept.</param>
internal sealed class LatestReadings(ReadingStore store)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Address, LatestReading> byMeter = [];
    private Dictionary<Address, ContactRow>? contacts;

    /// <summary>A meter's newest reading, or null.</summary>
    public LatestReading? Of(Address meter)
    {
        lock (gate)
        {
            if (byMeter.TryGetValue(meter, out LatestReading? found))
            {
                return found;
            }

            if (!Contacts().TryGetValue(meter, out ContactRow? contact) || store.Latest(meter) is not { } reading)
            {
                return null;
            }

            TimeSpan? interval = contact.IntervalMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
            return byMeter[meter] = new LatestReading(contact.Member, reading, Previous: null, interval);
        }
    }

    /// <summary>When each meter was heard last.</summary>
    public IReadOnlyList<ContactRow> All()
    {
        lock (gate)
        {
            return [.. Contacts().Values.Select(contact => byMeter.TryGetValue(new Address(contact.Meter), out LatestReading? newest) ? newest.ToRow() : contact)];
        }
    }

    /// <summary>Takes in newest readings that are kept now.</summary>
    public void Note(IEnumerable<LatestReading> newest)
    {
        lock (gate)
        {
            foreach (LatestReading one in newest)
            {
                byMeter[one.Reading.Meter] = one;
                Contacts()[one.Reading.Meter] = one.ToRow();
            }
        }
    }

    /// <summary>Forgets meters.</summary>
    public void Forget(IEnumerable<Address> meters)
    {
        lock (gate)
        {
            foreach (Address meter in meters)
            {
                byMeter.Remove(meter);
                Contacts().Remove(meter);
            }
        }
    }

    private Dictionary<Address, ContactRow> Contacts() => contacts ??= store.Contacts().ToDictionary(contact => new Address(contact.Meter));
}
