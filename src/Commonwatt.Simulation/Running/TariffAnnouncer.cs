using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>Puts the utility's prices on the ledger a day ahead, where they change.</summary>
/// <param name="data">The prices of each period.</param>
internal sealed class TariffAnnouncer(CommunityData data)
{
    private int announced;
    private (Price Retail, Price FeedIn)? last;

    /// <summary>A call with the changes up to two days after a period, or null where there are none.</summary>
    /// <param name="period">The index of the period that opens next.</param>
    public Call? Announce(int period)
    {
        int until = int.Min(period + (2 * data.Grid.PeriodsPerDay), data.Grid.Count);
        var call = new SetTariffs();
        for (; announced < until; announced++)
        {
            (Price Retail, Price FeedIn) prices = (data.Retail[announced], data.FeedIn[announced]);
            if (prices == last)
            {
                continue;
            }

            last = prices;
            call.Changes.Add(new TariffChange
            {
                FromMs = data.Grid.StartOf(announced).UnixMilliseconds,
                Retail = prices.Retail.MicrosPerKilowattHour,
                FeedIn = prices.FeedIn.MicrosPerKilowattHour,
            });
        }

        return call.Changes.Count == 0 ? null : TransactionBuilder.Call("governance", "set-tariffs", call);
    }
}
