namespace Commonwatt.Ledger.Execution;

/// <summary>What became of a call: done, or refused with a code for programs and a sentence for people.</summary>
public sealed class Outcome
{
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
    /// <param name="code">A word in small letters and hyphens.</param>
    /// <param name="sentence">A sentence with the value found and what would be right.</param>
    public static Outcome Refused(string code, string sentence)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentException.ThrowIfNullOrEmpty(sentence);
        return new Outcome(code, sentence);
    }

    /// <inheritdoc/>
    public override string ToString() => IsDone ? "done" : $"{Code}: {Sentence}";
}
