using System.Globalization;
using Commonwatt.Ledger.Execution;
using Commonwatt.Node.Community.Explorer;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary>The events of a receipt that a proof shows. The proof is of all of them; whoever asks for one sees that one first, and which it is.</summary>
/// <param name="receipt">The receipt.</param>
/// <param name="wanted">The place of the event that is asked for among the receipt's, or null where none is.</param>
internal sealed class ProofEvents(Receipt receipt, int? wanted)
{
    private const int WidthOfOthers = 2;

    /// <summary>The event that is asked for, or the only one there is; null where there are several or none.</summary>
    public int? Proved { get; } = wanted ?? (receipt.Events.Count == 1 ? 0 : null);

    /// <summary>The place of the event that somebody names.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="name">The event's name, or its number in the receipt, from 1; null for none.</param>
    /// <exception cref="InvalidDataException">The receipt has no such event, or several of the name.</exception>
    public static int? Find(Receipt receipt, string? name)
    {
        if (name is null)
        {
            return null;
        }

        int count = receipt.Events.Count;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number >= 1 && number <= count ? number - 1 : throw new InvalidDataException($"--event: the proof's receipt has {count} events, counted from 1, and none is number {number}.");
        }

        int[] places = [.. Enumerable.Range(0, count).Where(place => receipt.Events[place].Name == name)];
        return places switch
        {
            [var only] => only,
            [] => throw new InvalidDataException($"--event: the proof's receipt holds no '{name}': it holds {(count == 0 ? "no event at all" : Listed(receipt))}."),
            _ => throw new InvalidDataException($"--event: the proof's receipt holds '{name}' {places.Length} times: name one by its number, {string.Join(" or ", places.Select(place => place + 1))}."),
        };
    }

    /// <summary>Writes the events in words.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        if (receipt.Events.Count == 0)
        {
            output.WriteLine("No event happened in it.");
            return;
        }

        if (Proved is not { } one)
        {
            output.WriteLine($"These {receipt.Events.Count} events happened in it, and each of them is proved:");
            for (int place = 0; place < receipt.Events.Count; place++)
            {
                output.WriteLine();
                Describe(place).Write(output);
            }

            return;
        }

        output.WriteLine("This event is proved:");
        output.WriteLine();
        Describe(one).Write(output);
        if (receipt.Events.Count > 1)
        {
            output.WriteLine();
            output.WriteLine("What else happened in the same receipt:");
            output.WriteLine();
            Others(one).Write(output);
        }
    }

    /// <summary>The events for programs.</summary>
    public IEnumerable<object> ForPrograms() => receipt.Events.Select((happened, place) => new
    {
        Number = place + 1,
        happened.Name,
        Title = EventTitles.Of(happened.Name),
        Proved = Proved == place,
        Fields = EventFields.Of(happened),
        Data = Convert.ToHexStringLower(happened.Data.Span),
    });

    private Facts Describe(int place)
    {
        LedgerEvent happened = receipt.Events[place];
        Facts facts = new Facts().Add("event", TitleOf(happened)).Add("number", string.Create(CultureInfo.InvariantCulture, $"{place + 1} of {receipt.Events.Count}"));
        if (EventFields.Of(happened) is not { } fields)
        {
            return facts.Add("bytes", Convert.ToHexStringLower(happened.Data.Span));
        }

        foreach ((string name, string value) in FieldWords.Of(fields))
        {
            facts.Add(name, PlainText.Of(value));
        }

        return facts;
    }

    private Facts Others(int but)
    {
        var facts = new Facts();
        for (int place = 0; place < receipt.Events.Count; place++)
        {
            if (place != but)
            {
                LedgerEvent happened = receipt.Events[place];
                string fields = EventFields.Of(happened) is { } known
                    ? string.Join(", ", FieldWords.Of(known).Where(field => !char.IsWhiteSpace(field.Name[0])).Select(field => $"{field.Name} {field.Value}"))
                    : Convert.ToHexStringLower(happened.Data.Span);
                facts.Add((place + 1).ToString(CultureInfo.InvariantCulture).PadLeft(WidthOfOthers), PlainText.Of($"{happened.Name}: {fields}"));
            }
        }

        return facts;
    }

    private static string TitleOf(LedgerEvent happened) => PlainText.Of(EventTitles.Of(happened.Name) is { } title ? $"{happened.Name}: {title}" : happened.Name);

    private static string Listed(Receipt receipt) => PlainText.Of(string.Join(", ", receipt.Events.Select(happened => happened.Name).Distinct(StringComparer.Ordinal)));
}
