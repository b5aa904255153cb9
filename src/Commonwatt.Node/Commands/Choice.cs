namespace Commonwatt.Node.Commands;

/// <summary>Reads an option that takes one of a few words.</summary>
internal static class Choice
{
    /// <summary>What <paramref name="word"/> stands for; the first choice where it was not given.</summary>
    /// <exception cref="InvalidDataException">It is none of the choices; the message lists them.</exception>
    public static T Of<T>(string? word, string option, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (word is null)
        {
            return choices[0].Value;
        }

        foreach ((string Word, T Value) choice in choices)
        {
            if (string.Equals(choice.Word, word, StringComparison.Ordinal))
            {
                return choice.Value;
            }
        }

        string[] words = new string[choices.Length];
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = choices[index].Word;
        }

        throw new InvalidDataException($"{option}: '{word}' is none of {string.Join(", ", words)}.");
    }
}
