namespace Commonwatt.Node.Tests;

public class BadOrdersTests
{
    private const string Price = "write currency per kWh with a point and at most 6 decimals, such as 0.215.";
    private const string Quantity = "write kWh with a point and at most 3 decimals, such as 1.25.";
    private const string Makes = "id,side,price,quantity makes 4.";

    /// <summary>The rows under a right header, and the whole of what the user is told.</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "a,buy,abc,1", $"line 2, price: 'abc' is not a number: {Price}" },
        { "a,buy,,1", $"line 2, price: is missing: {Price}" },
        { "a,buy,-0.1,1", $"line 2, price: '-0.1' is below zero: {Price}" },
        { "a,buy,0.1234567,1", $"line 2, price: '0.1234567' has more than 6 decimals: {Price}" },
        { "a,buy,1e3,1", $"line 2, price: '1e3' is not a number: {Price}" },
        { "a,buy,.5,1", $"line 2, price: '.5' is not a number: {Price}" },
        { "a,buy,5.,1", $"line 2, price: '5.' is not a number: {Price}" },
        { "a,buy,+5,1", $"line 2, price: '+5' is not a number: {Price}" },
        { "a,buy, 5,1", $"line 2, price: ' 5' is not a number: {Price}" },
        { "a,buy,0.2 €/kWh,1", $"line 2, price: '0.2 €/kWh' is not a number: {Price}" },
        { "a,buy,NaN,1", $"line 2, price: 'NaN' is not a number: {Price}" },
        { "a,buy,99999999999999,1", $"line 2, price: '99999999999999' is too large: {Price}" },
        { "a,buy,1,", $"line 2, quantity: is missing: {Quantity}" },
        { "a,buy,1,-3", $"line 2, quantity: '-3' is below zero: {Quantity}" },
        { "a,buy,1,1.2345", $"line 2, quantity: '1.2345' has more than 3 decimals: {Quantity}" },
        { "a,buy,1,3 kWh", $"line 2, quantity: '3 kWh' is not a number: {Quantity}" },
        { "a,buy,1,99999999999999999", $"line 2, quantity: '99999999999999999' is too large: {Quantity}" },
        { "a,buy,1,0", "line 2, quantity: '0' is nothing: an order is for at least 0.001 kWh." },
        { "a,buy,1,0.000", "line 2, quantity: '0.000' is nothing: an order is for at least 0.001 kWh." },
        { "a,Buy,1,1", "line 2, side: 'Buy' is not a side: write buy or sell." },
        { "a,,1,1", "line 2, side: '' is not a side: write buy or sell." },
        { ",buy,1,1", "line 2, id: the id is missing: give each order a name of its own." },
        { " a,buy,1,1", "line 2, id: ' a' is not an id: write UTF-8 text without quotes, control characters or spaces around it." },
        { "\"a\",buy,1,1", "line 2, id: '\"a\"' is not an id: write UTF-8 text without quotes, control characters or spaces around it." },
        { "a\tb,buy,1,1", "line 2, id: 'a\uFFFDb' is not an id: write UTF-8 text without quotes, control characters or spaces around it." },
        { "a,buy,1,1\nb,sell,1,1\na,sell,2,2", "line 4, id: 'a' is used on line 2 already: give each order an id of its own." },
        { "a,buy,1", $"line 2: 'a,buy,1' has 3 values; {Makes}" },
        { "a;buy;1;1", $"line 2: 'a;buy;1;1' has 1 value; {Makes}" },
        { "a,buy,0,25,1", $"line 2: 'a,buy,0,25,1' has 5 values; {Makes} Decimals are written with a point, and ids have no comma." },
        { "a,buy,1,1\n\nb,sell,1,1", "line 3 is empty: take it out." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_bad_row_is_refused_with_line_column_value_and_what_is_right(string rows, string expected)
    {
        using ScratchFolder scratch = new();
        string orders = scratch.Write("orders.csv", "id,side,price,quantity\n" + rows + "\n");

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", orders, "--json");

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Equal("orders.csv " + expected, ran.Error.TrimEnd());
        Assert.Empty(ran.Output);
    }

    [Theory]
    [InlineData("", "orders.csv is empty: its first line must be id,side,price,quantity.")]
    [InlineData("id,price,side,quantity\n", "orders.csv line 1: 'id,price,side,quantity' is not the header: the first line must be id,side,price,quantity.")]
    [InlineData("a,buy,1,1\n", "orders.csv line 1: 'a,buy,1,1' is not the header: the first line must be id,side,price,quantity.")]
    public async Task A_file_without_the_header_is_refused(string text, string expected)
    {
        using ScratchFolder scratch = new();

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", scratch.Write("orders.csv", text));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Equal(expected, ran.Error.TrimEnd());
    }

    [Fact]
    public async Task An_id_that_is_not_utf8_is_refused()
    {
        using ScratchFolder scratch = new();
        string path = scratch.File("orders.csv");
        await File.WriteAllBytesAsync(path, [.. "id,side,price,quantity\n"u8, 0xFF, 0xFE, .. ",buy,1,1\n"u8], TestContext.Current.CancellationToken);

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", path);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains("line 2, id:", ran.Error, StringComparison.Ordinal);
    }
}
