namespace Commonwatt.Node.Community.Answers;

/// <summary>A part of a longer list.</summary>
/// <param name="Items">What is in this part.</param>
/// <param name="Next">What to give as <c>cursor</c> for the part after it, or null where this is the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>A page of what was read, one more than is shown so that it is known whether more follows.</summary>
    /// <param name="read">Up to <paramref name="limit"/> and one.</param>
    /// <param name="limit">How many are shown.</param>
    /// <param name="cursorAfter">The cursor for what follows an item.</param>
    public static Page<T> Of(IReadOnlyList<T> read, int limit, Func<T, string> cursorAfter) =>
        read.Count <= limit ? new Page<T>(read, Next: null) : new Page<T>([.. read.Take(limit)], cursorAfter(read[limit - 1]));
}

/// <summary>A list that is whole.</summary>
/// <param name="Items">All there is.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items);
