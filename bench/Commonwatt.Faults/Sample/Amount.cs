namespace Commonwatt.Faults.Sample;

/// <summary>A balance of the sample token.</summary>
internal readonly record struct Amount(long Units) : ICanonical<Amount>
{
    public void Write(ref CanonicalWriter writer) => writer.Int64(Units);

    public static Amount Read(ref CanonicalReader reader) => new(reader.Int64());
}

/// <summary>A text as a value or an event.</summary>
internal readonly record struct Note(string Words) : IEvent<Note>
{
    public static string Name => "token.noted";

    public void Write(ref CanonicalWriter writer) => writer.Text(Words);

    public static Note Read(ref CanonicalReader reader) => new(reader.Text());
}
