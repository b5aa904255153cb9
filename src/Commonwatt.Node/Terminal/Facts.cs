using System.Text;

namespace Commonwatt.Node.Terminal;

/// <summary>A small table of names and values, aligned, in plain text: it reads the same on a terminal and in a file.</summary>
internal sealed class Facts
{
    private readonly List<(string Name, string Value)> rows = [];

    /// <summary>Adds a row.</summary>
    public Facts Add(string name, string value)
    {
        rows.Add((name, value));
        return this;
    }

    /// <summary>Writes the rows, indented by two.</summary>
    public void Write(TextWriter output)
    {
        int width = rows.Max(row => row.Name.Length);
        StringBuilder text = new();
        foreach ((string name, string value) in rows)
        {
            text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value).Append('\n');
        }

        output.Write(text);
    }
}
