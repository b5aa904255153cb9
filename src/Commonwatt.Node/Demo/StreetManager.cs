using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Commonwatt.Simulation.Scenarios;
using Google.Protobuf;

namespace Commonwatt.Node.Demo;

/// <summary>What the community's manager does day by day: announces tariffs, and books what members pay in each month.</summary>
/// <param name="homes">The homes.</param>
/// <param name="addressOf">The address of a home.</param>
/// <param name="sender">The manager's transactions.</param>
internal sealed class StreetManager(IReadOnlyList<DemoHome> homes, Func<string, Address> addressOf, TransactionBuilder sender)
{
    private const long MonthsAYear = 12;
    private const long UsualPrice = 190;
    private const long UsualPriceWithPanels = 60;
    private const long CarsMonth = 25_000_000;

    private DateOnly? lastDay;

    /// <summary>What is to be done at a moment; nothing where the last look was on the same local day.</summary>
    public IEnumerable<SignedTransaction> Act(Instant now)
    {
        DateOnly today = DemoHistory.DayOf(now);
        if (today == lastDay)
        {
            yield break;
        }

        bool isNewMonth = lastDay is { } before && before.Month != today.Month;
        lastDay = today;
        sender.ContinueAfter((ulong)now.UnixMilliseconds);
        yield return sender.Build(now, StreetTariffs.Announce(now));
        if (isNewMonth)
        {
            yield return sender.Build(now, [.. homes.Select(Payment)]);
        }
    }

    private Call Payment(DemoHome home)
    {
        long wattHours = ((LoadSource.Household)home.Rules.Load).AnnualConsumption.WattHours + (home.Work?.AnnualWattHours ?? 0);
        long price = home.Rules.Pv is null ? UsualPrice : UsualPriceWithPanels;
        long amount = (wattHours / MonthsAYear * price) + (home.Car is null ? 0 : CarsMonth);
        return TransactionBuilder.Call("wallet", "deposit", new Deposit { Member = ByteString.CopyFrom(addressOf(home.Id).ToArray()), Amount = amount });
    }
}
