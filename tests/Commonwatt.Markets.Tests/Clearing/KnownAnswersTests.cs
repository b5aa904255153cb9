using System.Text.Json;

namespace Commonwatt.Markets.Tests.Clearing;

/// <summary>Results of an implementation written apart from this project, in the folder beside the repository.</summary>
public sealed class KnownAnswersTests
{
    [Fact]
    public void Every_known_answer_is_reproduced_trade_by_trade()
    {
        string? file = SharedFolder.Find("vectors/markets/clearing.json");
        Assert.SkipWhen(file is null, "The known answers are not beside the repository (../shared/vectors/markets/clearing.json).");

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file!));
        Assert.NotEmpty(document.RootElement.EnumerateArray());
        foreach (JsonElement known in document.RootElement.EnumerateArray())
        {
            string name = $"{known.GetProperty("case").GetString()} by {known.GetProperty("mechanism").GetString()}";
            JsonElement[] rows = [.. known.GetProperty("orders").EnumerateArray()];
            MarketClearing clearing = Mechanisms.Find(known.GetProperty("mechanism").GetString()!).Clear([.. rows.Select(Read)]);

            JsonElement expected = known.GetProperty("result");
            Assert.Equal($"{name}: {Number(expected.GetProperty("price"))}", $"{name}: {clearing.Price?.MicrosPerKilowattHour}");
            string[] trades = [.. expected.GetProperty("trades").EnumerateArray().Select(trade => $"{name}: {Describe(trade)}")];
            Assert.Equal(trades, clearing.Trades.Select(trade => $"{name}: {Describe(trade, rows)}"));
        }
    }

    private static Order Read(JsonElement order, int index) => new(
        new OrderId(index),
        new MemberId(index),
        order.GetProperty("side").GetString() == "buy" ? Side.Buy : Side.Sell,
        new Energy(order.GetProperty("quantity").GetInt64()),
        new Price(order.GetProperty("price").GetInt64()),
        order.GetProperty("seq").GetInt64());

    private static string Describe(JsonElement trade) =>
        string.Join(' ', new[] { "buy", "sell", "quantity", "price", "amount" }.Select(field => trade.GetProperty(field).ToString()));

    private static string Describe(Trade trade, JsonElement[] rows) =>
        $"{Name(rows, trade.Buy)} {Name(rows, trade.Sell)} {trade.Quantity.WattHours} {trade.Price.MicrosPerKilowattHour} {trade.Amount.Micros}";

    private static string Name(JsonElement[] rows, OrderId order) => rows[order.Value].GetProperty("id").ToString();

    private static string Number(JsonElement number) => number.ValueKind == JsonValueKind.Null ? "" : number.ToString();
}
