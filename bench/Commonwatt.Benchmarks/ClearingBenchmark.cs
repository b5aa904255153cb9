using System.Diagnostics;
using Commonwatt.Markets;

namespace Commonwatt.Benchmarks;

/// <summary>How long one mechanism takes beside sorting the same prices, the limit of any clearing by price.</summary>
/// <param name="Mechanism">The mechanism's name.</param>
/// <param name="Orders">How many orders were cleared.</param>
/// <param name="Trades">How many trades they made.</param>
/// <param name="ClearingMilliseconds">The best time for clearing, in ms.</param>
/// <param name="SortMilliseconds">The best time in the same rounds, in ms, that <c>Array.Sort</c> took for the limit prices of the same orders.</param>
public sealed record ClearingBenchmarkResult(string Mechanism, int Orders, int Trades, double ClearingMilliseconds, double SortMilliseconds)
{
    /// <summary>Clearing time over sorting time; smaller is better.</summary>
    public double Ratio => ClearingMilliseconds / SortMilliseconds;
}

/// <summary>Measures clearing beside its physical limit, sorting, in the same run.</summary>
public static class ClearingBenchmark
{
    /// <summary>The mechanisms measured unless others are named: those that must keep within three times the limit.</summary>
    public static IReadOnlyList<string> DefaultMechanisms { get; } =
        ["pay-as-clear", "uniform-midpoint", "pair-midpoint", "pay-as-bid", "average-bid-fifo"];

    /// <summary>Clears the same random orders by each mechanism and sorts their prices, several times in turn.</summary>
    /// <param name="orders">How many orders; one or more.</param>
    /// <param name="rounds">How often each is timed; the best counts. One or more, after two clearings that do not count.</param>
    /// <param name="seed">The seed of the random prices and quantities.</param>
    /// <param name="mechanisms">Names of <see cref="Mechanisms"/>; <see cref="DefaultMechanisms"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than one.</exception>
    /// <exception cref="ArgumentException">There is no mechanism of a name.</exception>
    public static IReadOnlyList<ClearingBenchmarkResult> Run(int orders = 1_000_000, int rounds = 5, int seed = 1, IReadOnlyList<string>? mechanisms = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        Order[] book = RandomOrders(orders, seed);
        long[] prices = Array.ConvertAll(book, order => order.LimitPrice.MicrosPerKilowattHour);
        return [.. (mechanisms ?? DefaultMechanisms).Select(name => Measure(Mechanisms.Find(name), book, prices, rounds))];
    }

    /// <summary>Bids between 0.10 and 0.24 and asks between 0.05 and 0.19 of the currency a kWh, so that most bids cross some ask; 0.1 to 5 kWh each.</summary>
    /// <param name="count">How many orders; about half are bids.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    public static Order[] RandomOrders(int count, int seed)
    {
        Random random = new(seed);
        Order[] orders = new Order[count];
        for (int index = 0; index < count; index++)
        {
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            Price price = new(random.Next(140_001) + (side == Side.Buy ? 100_000 : 50_000));
            orders[index] = new Order(new OrderId(index), new MemberId(index), side, new Energy(random.Next(100, 5_001)), price, index);
        }

        return orders;
    }

    private static ClearingBenchmarkResult Measure(IMarketMechanism mechanism, Order[] orders, long[] prices, int rounds)
    {
        int trades = mechanism.Clear(orders).Trades.Count;
        _ = mechanism.Clear(orders);
        double clearing = double.MaxValue;
        double sorting = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long[] keys = [.. prices];
            sorting = Math.Min(sorting, Milliseconds(() => Array.Sort(keys)));
            clearing = Math.Min(clearing, Milliseconds(() => mechanism.Clear(orders)));
        }

        return new ClearingBenchmarkResult(mechanism.Name, orders.Length, trades, clearing, sorting);
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
