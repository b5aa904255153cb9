namespace Commonwatt.Node.Terminal;

/// <summary>Text that others wrote, for a terminal: a sender may name a contract as he likes, and codes that move a cursor are no name.</summary>
internal static class PlainText
{
    /// <summary>The text with a question mark for each control character.</summary>
    public static string Of(string words) => string.Concat(words.Select(letter => char.IsControl(letter) ? '?' : letter));
}
