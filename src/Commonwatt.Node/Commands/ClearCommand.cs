using System.CommandLine;
using System.Globalization;
using Commonwatt.Markets;
using Commonwatt.Markets.Clearing;
using Commonwatt.Node.Orders;
using Commonwatt.Node.Terminal;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Node.Commands;

/// <summary><c>clear --mechanism NAME ORDERS.csv</c>: turns a file of orders into trades.</summary>
internal static class ClearCommand
{
    private const int MostTradesShown = 20;

    private static readonly Argument<string> Orders = new("ORDERS.csv") { Description = "Orders: id,side,price,quantity with the price in currency per kWh and the quantity in kWh" };

    private static readonly Option<string> Mechanism = new("--mechanism") { Description = $"How to clear: {string.Join(", ", Mechanisms.Names)}", Required = true, HelpName = "NAME" };

    private static readonly Option<string> Pricing = new("--pricing")
    {
        Description = "What a reverse-auction pays: each seller his ask, or all the last ask taken [default: pay-as-offered]",
        HelpName = "pay-as-offered|uniform",
    };

    private static readonly Option<string> Rationing = new("--rationing")
    {
        Description = "How equal prices at the margin share: the earlier first, or all by quantity [default: arrival]",
        HelpName = "arrival|pro-rata",
    };

    private static readonly Option<string?> Trades = new("--trades") { Description = "Write the trades to this file: buy,sell,quantity,price,amount", HelpName = "FILE" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "clear",
            "Clear a file of orders into trades.",
            "./commonwatt clear --mechanism pay-as-clear orders.csv --trades trades.csv",
            "./commonwatt clear --mechanism reverse-auction --pricing uniform offers.csv --json")
        {
            Orders, Mechanism, Pricing, Rationing, Trades, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        IMarketMechanism mechanism = ChosenMechanism(parsed);
        string ordersPath = SharedOptions.RequireFile(parsed.GetRequiredValue(Orders), "file of orders");
        RequireOtherFile(parsed.GetValue(Trades), ordersPath);
        OrderBookFile book = OrderBookFile.Read(ordersPath);
        ClearingOutcome outcome = new(mechanism.Name, book, Clear(mechanism, book));
        if (parsed.GetValue(Trades) is { } path)
        {
            WriteTrades(path, outcome);
        }

        if (parsed.GetValue(Json))
        {
            outcome.WriteJson(parsed.InvocationConfiguration.Output);
        }
        else
        {
            Show(parsed.InvocationConfiguration.Output, outcome);
        }

        return ExitCode.Done;
    }

    private static void RequireOtherFile(string? trades, string orders)
    {
        if (trades is null)
        {
            return;
        }

        if (trades.Trim().Length == 0)
        {
            throw new InvalidDataException("--trades: no file is named: give the file to write, such as trades.csv.");
        }

        if (string.Equals(Target(trades), Target(orders), StringComparison.Ordinal))
        {
            throw new InvalidDataException($"--trades: '{trades}' is the file of orders itself, which would be lost: name another file.");
        }
    }

    private static string Target(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path) : Path.GetFullPath(path);

    private static IMarketMechanism ChosenMechanism(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(Mechanism);
        if (!Mechanisms.Names.Contains(name, StringComparer.Ordinal))
        {
            throw new InvalidDataException($"--mechanism: '{name}' does not clear a file of orders: choose one of {string.Join(", ", Mechanisms.Names)}.");
        }

        MechanismOptions options = new(
            Choice.Of(parsed.GetValue(Rationing), "--rationing", ("arrival", Markets.Rationing.Arrival), ("pro-rata", Markets.Rationing.ProRata)),
            Choice.Of(parsed.GetValue(Pricing), "--pricing", ("pay-as-offered", ReverseAuctionPayment.PayAsOffered), ("uniform", ReverseAuctionPayment.Uniform)));
        if (parsed.GetValue(Pricing) is not null && !string.Equals(name, "reverse-auction", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"--pricing goes with --mechanism reverse-auction only: {name} has its own rule.");
        }

        return Mechanisms.Find(name, options);
    }

    private static MarketClearing Clear(IMarketMechanism mechanism, OrderBookFile book)
    {
        if (mechanism is ReverseAuction)
        {
            RequireOneBuyer(book);
        }

        try
        {
            return mechanism.Clear(book.Orders);
        }
        catch (OverflowException tooLarge)
        {
            throw new InvalidDataException("A trade of these orders costs more than 9223372036854.775807, the largest amount there is: lower prices or quantities.", tooLarge);
        }
    }

    private static void RequireOneBuyer(OrderBookFile book)
    {
        Order? first = null;
        foreach (Order order in book.Orders)
        {
            if (order.Side == Side.Buy && first is { } other)
            {
                throw new InvalidDataException($"A reverse-auction has one buyer, but '{book.NameOf(other.Id)}' and '{book.NameOf(order.Id)}' both buy: keep one of them, or choose another mechanism.");
            }

            first = order.Side == Side.Buy ? order : first;
        }
    }

    private static void WriteTrades(string path, ClearingOutcome outcome)
    {
        using OrderTradesCsv file = new(new FileStream(path, FileMode.Create, FileAccess.Write));
        foreach (Trade trade in outcome.Clearing.Trades)
        {
            file.Write(outcome.Book.NameOf(trade.Buy), outcome.Book.NameOf(trade.Sell), trade.Quantity, trade.Price, trade.Amount);
        }
    }

    private static void Show(TextWriter output, ClearingOutcome outcome)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        int orders = outcome.Book.Orders.Length;
        output.WriteLine(string.Create(culture, $"{outcome.Mechanism}: {orders:N0} orders ({outcome.Bids:N0} bids, {orders - outcome.Bids:N0} asks)"));
        output.WriteLine();
        new Facts()
            .Add("price per kWh", outcome.Clearing.Price?.ToDecimal() ?? (outcome.Clearing.Trades.Count == 0 ? "none: nothing traded" : "each pair its own"))
            .Add("traded", outcome.Traded.ToString())
            .Add("trades", outcome.Clearing.Trades.Count.ToString("N0", culture))
            .Add("amount", outcome.Amount.ToDecimal())
            .Add("welfare", outcome.Welfare.ToDecimal())
            .Write(output);
        if (outcome.Clearing.Trades.Count is > 0 and <= MostTradesShown)
        {
            output.WriteLine();
            TradeTable.Write(output, outcome);
        }
    }
}
