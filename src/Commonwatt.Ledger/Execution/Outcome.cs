namespace Commonwatt.Ledger.Execution;

/// <summary>What became of a call: done, or refused with a code for programs and a sentence for people.</summary>
public sealed class Outcome
{
    /// <summary>The longest sentence; what is longer is cut there, so that nobody's long names make a receipt that cannot be written.</summary>
    public const int LongestSentence = 1000;

    /// <summary>The longest code.</summary>
    public const int LongestCode = 64;

    private Outcome(string code, string sentence)
    {
        Code = code;
        Sentence = sentence;
    }

    /// <summary>The call did what it says.</summary>
    public static Outcome Done { get; } = new("", "");

    /// <summary>Whether the call did what it says.</summary>
    public bool IsDone => ReferenceEquals(this, Done);

    /// <summary>Why it was refused, in a word such as <c>insufficient-funds</c>; empty when done.</summary>
    public string Code { get; }

    /// <summary>Why it was refused and what would help, in a sentence; empty when done.</summary>
    public string Sentence { get; }

    /// <summary>The call is refused: nothing of its transaction applies.</summary>
    /// <param name="code">A word in small letters and hyphens, of at most <see cref="LongestCode"/>.</param>
    /// <param name="sentence">A sentence with the value found and what would be right.</param>
    /// <exception cref="ArgumentException">One is empty, or the code too long.</exception>
    public static Outcome Refused(string code, string sentence)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentException.ThrowIfNullOrEmpty(sentence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Length, LongestCode, nameof(code));
        return new Outcome(code, sentence.Length <= LongestSentence ? sentence : Cut(sentence));
    }

    /// <inheritdoc/>
    public override string ToString() => IsDone ? "done" : $"{Code}: {Sentence}";

    // A character outside the basic plane is two units of a string: it is kept whole or left out.
    private static string Cut(string sentence)
    {
        int end = LongestSentence - 1;
        return sentence[..(char.IsHighSurrogate(sentence[end - 1]) ? end - 1 : end)] + "…";
    }
}
