using Google.Protobuf.WellKnownTypes;

namespace Commonwatt.Faults.Sample;

/// <summary>Rings at a time that somebody asked for, and writes down in which order it rang.</summary>
internal sealed class ReminderContract : Contract
{
    private readonly Table<Count, Note> rung;

    public ReminderContract()
        : base("reminder")
    {
        rung = Table<Count, Note>("rung");
        On("remind", StringValue.Parser, Remind);
        OnSchedule("ring", StringValue.Parser, Ring);
        OnSchedule("nag", StringValue.Parser, (context, words) =>
        {
            Schedule(context, context.Time, "nag", words);
            return Outcome.Done;
        });
        On("nag-from-now-on", StringValue.Parser, (context, words) =>
        {
            Schedule(context, context.Time, "nag", words);
            return Outcome.Done;
        });
    }

    public IReadOnlyList<string> Rung(StateReader state) => [.. rung.All(state).Select(entry => entry.Value.Words)];

    /// <summary>At a time in milliseconds, what to say; after a bar, what to ask to be reminded of when it rings.</summary>
    public static StringValue At(Instant at, string words, string? then = null) =>
        new() { Value = $"{at.UnixMilliseconds} {words}{(then is null ? "" : $"|{then}")}" };

    private Outcome Remind(CallContext context, StringValue arguments)
    {
        string[] parts = arguments.Value.Split(' ', 2);
        Schedule(context, new Instant(long.Parse(parts[0])), "ring", new StringValue { Value = parts[1] });
        return Outcome.Done;
    }

    private Outcome Ring(CallContext context, StringValue arguments)
    {
        string[] parts = arguments.Value.Split('|', 2);
        rung.Put(context, new Count((ulong)rung.All(context).Count), new Note(parts[0]));
        if (parts.Length == 2)
        {
            Remind(context, new StringValue { Value = parts[1] });
        }

        return parts[0] == "refuse" ? Outcome.Refused("asked-to", "The reminder was to be refused.") : Outcome.Done;
    }
}
