using System.Globalization;
using Commonwatt.Node.Community.Answers;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">How many items, 1 to 500; usually 100.</param>
/// <param name="Cursor">The 'next' of the part before; without it, the first part.</param>
internal sealed record PageQuery(string? Limit, string? Cursor) : ICheckedQuery
{
    /// <summary>The most items in one answer.</summary>
    public const int Most = 500;

    private const int Usual = 100;

    /// <inheritdoc/>
    public IResult? Problem => Limit is null || Parsed is >= 1 and <= Most
        ? null
        : ApiProblem.WrongParameter("limit", "wrong-limit", $"'limit' is a whole number from 1 to {Most}.");

    /// <summary>How many items.</summary>
    public int Count => Limit is null ? Usual : Parsed;

    private int Parsed => int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;

    /// <summary>Reads the keys after which to go on.</summary>
    /// <param name="list">The list with all that selects what is in it.</param>
    /// <param name="count">How many keys there are.</param>
    /// <param name="after">The keys, or null for the beginning.</param>
    /// <returns>What is wrong, or null.</returns>
    public IResult? After(string list, int count, out long[]? after)
    {
        after = null;
        if (Cursor is null)
        {
            return null;
        }

        if (!PageCursor.TryRead(list, Cursor, count, out long[] keys))
        {
            return ApiProblem.WrongParameter("cursor", "wrong-cursor", "'cursor' is not one that this list gave: take 'next' from the answer before with the same parameters, or leave it out to begin anew.");
        }

        after = keys;
        return null;
    }
}
