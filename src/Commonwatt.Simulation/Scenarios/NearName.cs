namespace Commonwatt.Simulation.Scenarios;

/// <summary>Finds the name that somebody probably meant: the nearest by edits (Levenshtein 1966), not minding capitals; a name that begins or ends with what was written is near too.</summary>
internal static class NearName
{
    private const int MostListed = 20;

    /// <summary>The nearest of <paramref name="names"/>, or null where none is near: more than a third of the letters differ.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = int.Max(1, written.Length / 3) + 1;
        foreach (string name in names)
        {
            bool isPart = written.Length >= 3
                && (name.StartsWith(written, StringComparison.OrdinalIgnoreCase) || name.EndsWith(written, StringComparison.OrdinalIgnoreCase));
            int edits = isPart ? 1 : Edits(written, name);
            if (edits < fewest)
            {
                fewest = edits;
                nearest = name;
            }
        }

        return nearest;
    }

    /// <summary>A question with the nearest name, or else the list: <c>did you mean 'kWp'?</c> or <c>there are 'a', 'b'.</c></summary>
    public static string Hint(string written, IReadOnlyCollection<string> names, string introduction)
    {
        if (Of(written, names) is { } nearest)
        {
            return $"did you mean '{nearest}'?";
        }

        string more = names.Count > MostListed ? $" and {names.Count - MostListed} more" : "";
        return $"{introduction} {string.Join(", ", names.Take(MostListed).Select(name => $"'{name}'"))}{more}.";
    }

    private static int Edits(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int at = 1; at <= left.Length; at++)
        {
            int diagonal = row[0];
            row[0] = at;
            for (int other = 1; other <= right.Length; other++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(left[at - 1]) == char.ToUpperInvariant(right[other - 1]) ? 0 : 1);
                diagonal = row[other];
                row[other] = int.Min(replaced, int.Min(row[other], row[other - 1]) + 1);
            }
        }

        return row[^1];
    }
}
