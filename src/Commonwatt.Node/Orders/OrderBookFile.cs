using System.Text;
using System.Text.Unicode;
using Commonwatt.Markets;

namespace Commonwatt.Node.Orders;

/// <summary>The orders of a file <c>id,side,price,quantity</c>, and the names that it gives them.</summary>
/// <remarks>An order's number and its place in the order of arrival are its row's number, from zero.</remarks>
internal sealed class OrderBookFile
{
    private const string Header = "id,side,price,quantity";
    private const int MostFaults = 20;

    private readonly List<string> ids = [];
    private readonly List<Order> orders = [];
    private readonly Dictionary<string, int> lineOf = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private readonly string name;

    private OrderBookFile(string name) => this.name = name;

    /// <summary>The orders in the file's order.</summary>
    public ReadOnlySpan<Order> Orders => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(orders);

    /// <summary>The name that the file gives an order.</summary>
    public string NameOf(OrderId order) => ids[(int)order.Value];

    /// <summary>Reads a file strictly: one wrong line refuses all of it.</summary>
    /// <exception cref="InvalidDataException">Something is wrong; the message lists up to twenty faults, each with file, line, column, value and what is right.</exception>
    public static OrderBookFile Read(string path)
    {
        OrderBookFile book = new(Path.GetFileName(path));
        book.ReadLines(File.ReadAllBytes(path));
        if (book.faults.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', book.faults));
        }

        return book;
    }

    private void ReadLines(ReadOnlySpan<byte> rest)
    {
        rest = rest.StartsWith(Encoding.UTF8.Preamble) ? rest[Encoding.UTF8.Preamble.Length..] : rest;
        if (rest.IsEmpty)
        {
            faults.Add($"{name} is empty: its first line must be {Header}.");
            return;
        }

        ReadOnlySpan<byte> header = NextLine(ref rest);
        if (!header.SequenceEqual("id,side,price,quantity"u8))
        {
            faults.Add($"{name} line 1: '{Shown(header)}' is not the header: the first line must be {Header}.");
            return;
        }

        for (int line = 2; !rest.IsEmpty; line++)
        {
            ReadOrder(NextLine(ref rest), line);
            if (faults.Count == MostFaults)
            {
                faults.Add($"There may be more: reading stopped after {MostFaults} faults.");
                return;
            }
        }
    }

    private void ReadOrder(ReadOnlySpan<byte> row, int line)
    {
        Span<Range> fields = stackalloc Range[4];
        int count = Split(row, fields);
        if (row.IsEmpty)
        {
            faults.Add($"{name} line {line} is empty: take it out.");
        }
        else if (count != 4)
        {
            string hint = count > 4 ? " Decimals are written with a point, and ids have no comma." : "";
            faults.Add($"{name} line {line}: '{Shown(row)}' has {count} value{(count == 1 ? "" : "s")}; {Header} makes 4.{hint}");
        }
        else
        {
            int before = faults.Count;
            string id = ReadId(row[fields[0]], line);
            Side side = ReadSide(row[fields[1]], line);
            long price = ReadDecimal(row[fields[2]], line, "price", 6, "currency per kWh with a point and at most 6 decimals, such as 0.215");
            long quantity = ReadDecimal(row[fields[3]], line, "quantity", 3, "kWh with a point and at most 3 decimals, such as 1.25");
            if (quantity == 0 && faults.Count == before)
            {
                faults.Add($"{Place(line, "quantity")} '{Shown(row[fields[3]])}' is nothing: an order is for at least 0.001 kWh.");
            }

            orders.Add(new Order(new OrderId(ids.Count), new MemberId(ids.Count), side, new Energy(quantity), new Price(price), ids.Count));
            ids.Add(id);
        }
    }

    private string ReadId(ReadOnlySpan<byte> field, int line)
    {
        if (field.IsEmpty)
        {
            faults.Add($"{Place(line, "id")} the id is missing: give each order a name of its own.");
            return "";
        }

        if (!Utf8.IsValid(field) || field.Contains((byte)'"') || field.ContainsAnyInRange((byte)0, (byte)31) || field[0] == ' ' || field[^1] == ' ')
        {
            faults.Add($"{Place(line, "id")} '{Shown(field)}' is not an id: write UTF-8 text without quotes, control characters or spaces around it.");
            return "";
        }

        string id = Encoding.UTF8.GetString(field);
        if (!lineOf.TryAdd(id, line))
        {
            faults.Add($"{Place(line, "id")} '{id}' is used on line {lineOf[id]} already: give each order an id of its own.");
        }

        return id;
    }

    private Side ReadSide(ReadOnlySpan<byte> field, int line)
    {
        if (field.SequenceEqual("buy"u8))
        {
            return Side.Buy;
        }

        if (!field.SequenceEqual("sell"u8))
        {
            faults.Add($"{Place(line, "side")} '{Shown(field)}' is not a side: write buy or sell.");
        }

        return Side.Sell;
    }

    private long ReadDecimal(ReadOnlySpan<byte> field, int line, string column, int decimals, string right)
    {
        DecimalFault fault = DecimalField.Read(field, decimals, out long value);
        string? wrong = fault switch
        {
            DecimalFault.None => null,
            DecimalFault.Empty => "is missing",
            DecimalFault.Negative => $"'{Shown(field)}' is below zero",
            DecimalFault.TooManyDecimals => $"'{Shown(field)}' has more than {decimals} decimals",
            DecimalFault.TooLarge => $"'{Shown(field)}' is too large",
            _ => $"'{Shown(field)}' is not a number",
        };
        if (wrong is not null)
        {
            faults.Add($"{Place(line, column)} {wrong}: write {right}.");
        }

        return value;
    }

    private string Place(int line, string column) => $"{name} line {line}, {column}:";

    // How many fields the row has; the ranges of as many of them as there is room for.
    private static int Split(ReadOnlySpan<byte> row, Span<Range> fields)
    {
        int count = 0;
        foreach (Range field in row.Split((byte)','))
        {
            if (count < fields.Length)
            {
                fields[count] = field;
            }

            count++;
        }

        return count;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    // What cannot be printed becomes a replacement character, and a long value is cut: the line number finds it.
    private static string Shown(ReadOnlySpan<byte> value)
    {
        string text = Encoding.UTF8.GetString(value.Length > 60 ? value[..60] : value);
        string printable = string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
        return value.Length > 60 ? printable + "…" : printable;
    }
}
