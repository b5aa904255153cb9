namespace Commonwatt.Simulation.Series;

/// <summary>The rows of one meter as they stand in the file.</summary>
/// <param name="columns">How many values each row has.</param>
internal sealed class MeterRows(int columns)
{
    private readonly List<double>[] values = [.. Enumerable.Range(0, columns).Select(_ => new List<double>())];

    /// <summary>The start of each row's interval in Unix milliseconds.</summary>
    public List<long> Times { get; } = [];

    /// <summary>The line of each row.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>The values of a column, NaN where the field is empty.</summary>
    public List<double> Values(int column) => values[column];

    /// <summary>Adds a row.</summary>
    public void Add(long time, int line, ReadOnlySpan<double> row)
    {
        Times.Add(time);
        Lines.Add(line);
        for (int column = 0; column < row.Length; column++)
        {
            values[column].Add(row[column]);
        }
    }

    /// <summary>The rows in the order of time, those of one time in the order of the file.</summary>
    public int[] InOrderOfTime()
    {
        int[] order = [.. Enumerable.Range(0, Times.Count)];
        bool ordered = true;
        for (int row = 1; row < Times.Count && ordered; row++)
        {
            ordered = Times[row] >= Times[row - 1];
        }

        if (!ordered)
        {
            Array.Sort(order, (left, right) => Times[left] != Times[right] ? Times[left].CompareTo(Times[right]) : left.CompareTo(right));
        }

        return order;
    }
}
