using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Execution;

/// <summary>What became of a transaction or a scheduled call, and what it told the world.</summary>
/// <param name="Origin">Whether it was a transaction, a scheduled call or a call of the genesis.</param>
/// <param name="Subject">The transaction's id; for another call a digest of its contract, method and arguments.</param>
/// <param name="Outcome">Done or refused.</param>
/// <param name="Events">What happened, in order; none where it was refused.</param>
public sealed record Receipt(CallOrigin Origin, Hash Subject, Outcome Outcome, IReadOnlyList<LedgerEvent> Events) : ICanonical<Receipt>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Byte((byte)Origin);
        Subject.Write(ref writer);
        writer.Boolean(Outcome.IsDone);
        if (!Outcome.IsDone)
        {
            writer.Text(Outcome.Code);
            writer.Text(Outcome.Sentence);
        }

        writer.UInt32((uint)Events.Count);
        foreach (LedgerEvent happened in Events)
        {
            writer.Text(happened.Name);
            writer.Bytes(happened.Data.Span);
        }
    }

    /// <inheritdoc/>
    public static Receipt Read(ref CanonicalReader reader)
    {
        byte origin = reader.Byte();
        if (origin > (byte)CallOrigin.Genesis)
        {
            throw new MalformedBytesException($"{origin} is no origin of a receipt.");
        }

        Hash subject = Hash.Read(ref reader);
        Outcome outcome = reader.Boolean() ? Outcome.Done : ReadRefusal(ref reader);
        uint count = reader.UInt32();
        var events = new List<LedgerEvent>();
        for (uint index = 0; index < count; index++)
        {
            events.Add(new LedgerEvent(reader.Text(), reader.Bytes().ToArray()));
        }

        return new Receipt((CallOrigin)origin, subject, outcome, events);
    }

    private static Outcome ReadRefusal(ref CanonicalReader reader)
    {
        string code = reader.Text();
        string sentence = reader.Text();
        return code.Length is > 0 and <= Outcome.LongestCode && sentence.Length is > 0 and <= Outcome.LongestSentence
            ? Outcome.Refused(code, sentence)
            : throw new MalformedBytesException($"A refusal has a code of 1 to {Outcome.LongestCode} characters and a sentence of 1 to {Outcome.LongestSentence}.");
    }
}
