using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;

namespace Commonwatt.Contracts.Metering;

/// <summary>Refuses readings that cannot be: less than nothing, more than the connection carries, or given to the grid by somebody with nothing to give.</summary>
public static class Plausibility
{
    /// <summary>Checks one period's reading.</summary>
    /// <param name="member">Whose it is.</param>
    /// <param name="import">What was taken from the grid.</param>
    /// <param name="export">What was given to the grid.</param>
    /// <param name="length">How long the period is.</param>
    public static Outcome Check(Member member, Energy import, Energy export, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(member);
        Energy most = member.Connection.For(length);
        if (import.IsNegative || export.IsNegative)
        {
            return Impossible($"A meter counts import and export from zero up: {import} and {export} are given.");
        }

        if (import > most || export > most)
        {
            return Impossible($"A connection of {member.Connection} carries at most {most} in this period: {import} in and {export} out are given.");
        }

        return member.Generation.IsZero && !export.IsZero
            ? Impossible($"Who has no registered asset gives nothing to the grid: {export} out is given.")
            : Outcome.Done;
    }

    private static Outcome Impossible(string sentence) => Outcome.Refused("impossible-reading", sentence);
}
