using System.Text.Json;

namespace Commonwatt.Node.Tests;

public sealed class ClearTests : IDisposable
{
    // Source 002, chapter 9, table 3.
    private const string Charging = """
        id,side,price,quantity
        A,sell,25,3.2
        B,buy,24,6.5
        C,sell,22,9.8
        D,buy,26,10.9
        E,buy,28,3.2
        F,sell,19,7.2
        G,buy,20,5.4
        H,sell,16,6.8

        """;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task The_trades_go_to_a_file_with_kilowatt_hours_prices_and_amounts()
    {
        string orders = scratch.Write("orders.csv", Charging);

        Ran ran = await Ran.Of("clear", "--mechanism", "uniform-midpoint", orders, "--trades", scratch.File("trades.csv"));

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Equal(
            """
            buy,sell,quantity,price,amount
            E,H,3.200,23.000000,73.600000
            D,H,3.600,23.000000,82.800000
            D,F,7.200,23.000000,165.600000
            D,C,0.100,23.000000,2.300000
            B,C,6.500,23.000000,149.500000

            """,
            await File.ReadAllTextAsync(scratch.File("trades.csv"), TestContext.Current.CancellationToken));
        Assert.Contains("price per kWh  23.000000", ran.Output, StringComparison.Ordinal);
        Assert.Contains("traded         20.600 kWh", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_and_nothing_else()
    {
        string orders = scratch.Write("orders.csv", Charging);

        Ran ran = await Ran.Of("clear", "--mechanism", "pair-midpoint", orders, "--json");

        using JsonDocument json = JsonDocument.Parse(ran.Output);
        Assert.Equal("pair-midpoint", json.RootElement.GetProperty("mechanism").GetString());
        Assert.Equal(8, json.RootElement.GetProperty("orders").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("price").ValueKind);
        Assert.Equal(20.6m, json.RootElement.GetProperty("tradedKwh").GetDecimal());
        Assert.Equal(5, json.RootElement.GetProperty("trades").GetInt32());
        Assert.Equal(459.9m, json.RootElement.GetProperty("amount").GetDecimal());
        Assert.Equal(138.2m, json.RootElement.GetProperty("welfare").GetDecimal());
        Assert.Empty(ran.Error);
    }

    [Fact]
    public async Task A_file_without_orders_clears_to_nothing()
    {
        string orders = scratch.Write("orders.csv", "id,side,price,quantity\n");

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", orders);

        Assert.Equal(ExitCode.Done, ran.ExitCode);
        Assert.Contains("none: nothing traded", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_line_ends_and_a_byte_order_mark_are_no_fault()
    {
        string orders = scratch.Write("orders.csv", "\uFEFF" + Charging.ReplaceLineEndings("\r\n"));

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-bid", orders);

        Assert.Equal(ExitCode.Done, ran.ExitCode);
    }

    [Fact]
    public async Task A_reverse_auction_with_two_buyers_names_them()
    {
        string orders = scratch.Write("orders.csv", Charging);

        Ran ran = await Ran.Of("clear", "--mechanism", "reverse-auction", orders);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith("A reverse-auction has one buyer, but 'B' and 'D' both buy", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pay-as-offered", 31)]
    [InlineData("uniform", 36)]
    public async Task A_reverse_auction_pays_by_the_pricing_that_was_chosen(string pricing, int cost)
    {
        string offers = scratch.Write("offers.csv", "id,side,price,quantity\nneed,buy,50,3\ncheap,sell,7,1\ndear,sell,12,5\n");

        Ran ran = await Ran.Of("clear", "--mechanism", "reverse-auction", "--pricing", pricing, offers, "--json");

        using JsonDocument json = JsonDocument.Parse(ran.Output);
        Assert.Equal(cost, json.RootElement.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task The_trades_do_not_go_over_the_orders()
    {
        string orders = scratch.Write("orders.csv", "id,side,price,quantity\na,buy,0.2,1\nb,sell,0.1,1\n");

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", orders, "--trades", orders);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.StartsWith($"--trades: '{orders}' is the file of orders itself, which would be lost", ran.Error, StringComparison.Ordinal);
        Assert.StartsWith("id,side", await File.ReadAllTextAsync(orders, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trades_that_cannot_be_written_are_an_error_and_not_a_success()
    {
        string orders = scratch.Write("orders.csv", Charging);

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", orders, "--trades", scratch.File("no/such/folder.csv"));

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains("no/such", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_beyond_any_account_is_refused()
    {
        string orders = scratch.Write("orders.csv", "id,side,price,quantity\na,buy,9000000000000,9000000000000\nb,sell,0,9000000000000\n");

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-bid", orders);

        Assert.Equal(ExitCode.WrongInput, ran.ExitCode);
        Assert.Contains("lower prices or quantities", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_file_is_listed_up_to_twenty()
    {
        string rows = string.Concat(Enumerable.Range(1, 30).Select(index => $"o{index},buy,x,1\n"));

        Ran ran = await Ran.Of("clear", "--mechanism", "pay-as-clear", scratch.Write("orders.csv", "id,side,price,quantity\n" + rows));

        string[] lines = ran.Error.TrimEnd().Split('\n');
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("orders.csv line 21, price:", lines[19], StringComparison.Ordinal);
        Assert.StartsWith("There may be more", lines[20], StringComparison.Ordinal);
    }
}
