namespace Commonwatt;

/// <summary>The stretch of time that energy is delivered in: 5, 10, 15, 30 or 60 minutes, on the grid of the hour.</summary>
public readonly record struct DeliveryPeriod : IComparable<DeliveryPeriod>
{
    /// <summary>The lengths a period may have.</summary>
    public static IReadOnlyList<TimeSpan> Lengths { get; } =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromMinutes(60),
    ];

    /// <summary>The period of <paramref name="length"/> that starts at <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentException">The length is none of <see cref="Lengths"/>, or the start is not on its grid.</exception>
    public DeliveryPeriod(Instant start, TimeSpan length)
    {
        if (!IsLength(length))
        {
            throw new ArgumentException($"A delivery period lasts 5, 10, 15, 30 or 60 minutes, not {length} (hours:minutes:seconds).", nameof(length));
        }

        if (!IsStart(start, length))
        {
            throw new ArgumentException($"{start} is not the start of a period of {length.Ticks / TimeSpan.TicksPerMinute} minutes.", nameof(start));
        }

        Start = start;
        Length = length;
    }

    /// <summary>The first moment of the period.</summary>
    public Instant Start { get; }

    /// <summary>How long the period lasts.</summary>
    public TimeSpan Length { get; }

    /// <summary>The first moment after the period.</summary>
    public Instant End => Start + Length;

    /// <summary>The period right after this one.</summary>
    public DeliveryPeriod Next => new(End, Length);

    /// <summary>Whether a period may last <paramref name="length"/>.</summary>
    public static bool IsLength(TimeSpan length) => Lengths.Contains(length);

    /// <summary>Whether a period of <paramref name="length"/> may start at <paramref name="start"/>.</summary>
    public static bool IsStart(Instant start, TimeSpan length) => IsLength(length) && Offset(start, length) == 0;

    /// <summary>The period of <paramref name="length"/> that <paramref name="moment"/> lies in.</summary>
    /// <exception cref="ArgumentException">The length is none of <see cref="Lengths"/>.</exception>
    public static DeliveryPeriod Containing(Instant moment, TimeSpan length) =>
        new(IsLength(length) ? new Instant(moment.UnixMilliseconds - Offset(moment, length)) : moment, length);

    /// <summary>Whether <paramref name="moment"/> lies in the period: from its start on, before its end.</summary>
    public bool Contains(Instant moment) => moment >= Start && moment < End;

    /// <inheritdoc/>
    public int CompareTo(DeliveryPeriod other)
    {
        int byStart = Start.CompareTo(other.Start);
        return byStart != 0 ? byStart : Length.CompareTo(other.Length);
    }

    /// <summary>Start and end: <c>2024-06-01T13:00:00Z/2024-06-01T14:00:00Z</c>.</summary>
    public override string ToString() => $"{Start}/{End}";

    private static long Offset(Instant moment, TimeSpan length)
    {
        long milliseconds = length.Ticks / TimeSpan.TicksPerMillisecond;
        long remainder = moment.UnixMilliseconds % milliseconds;
        return remainder < 0 ? remainder + milliseconds : remainder;
    }
}
