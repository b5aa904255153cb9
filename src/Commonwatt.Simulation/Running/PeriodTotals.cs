using Commonwatt.Agents;
using Commonwatt.Markets;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>The community's values of each period, filled in as periods are settled.</summary>
internal sealed class PeriodTotals
{
    private readonly CommunityData data;
    private readonly Price?[] localPrice;
    private readonly Energy[] traded;
    private readonly Energy[] memberImport;
    private readonly Energy[] memberExport;

    public PeriodTotals(CommunityData data)
    {
        this.data = data;
        int periods = data.Grid.Count;
        localPrice = new Price?[periods];
        traded = new Energy[periods];
        memberImport = new Energy[periods];
        memberExport = new Energy[periods];
    }

    /// <summary>Adds a period's trades; their mean price is weighted by quantity.</summary>
    public void AddTrades(int period, ReadOnlySpan<MemberTrade> trades)
    {
        Int128 worth = 0;
        Energy sum = Energy.Zero;
        foreach (MemberTrade trade in trades)
        {
            worth += (Int128)trade.Quantity.WattHours * trade.Price.MicrosPerKilowattHour;
            sum += trade.Quantity;
        }

        traded[period] = sum;
        localPrice[period] = sum.IsZero ? null : new Price((long)(worth / sum.WattHours));
    }

    /// <summary>Adds what one member's meter counted.</summary>
    public void AddMetered(int period, Energy import, Energy export)
    {
        memberImport[period] += import;
        memberExport[period] += export;
    }

    /// <summary>The series of all periods.</summary>
    public PeriodSeries ToSeries() => new()
    {
        LocalPrice = localPrice,
        Traded = traded,
        Load = SumOfMeasured(member => member.Load),
        Generation = SumOfMeasured(member => member.Generation),
        MemberImport = memberImport,
        MemberExport = memberExport,
        CommunityImport = Net(period => memberImport[period] - memberExport[period]),
        CommunityExport = Net(period => memberExport[period] - memberImport[period]),
        Retail = data.Retail,
        FeedIn = data.FeedIn,
        BatteryDischarge = data.Members.Any(member => member.Rules.Battery is not null) ? Discharge() : null,
        CarbonIntensity = data.CarbonIntensity is null ? null : Array.ConvertAll(data.CarbonIntensity, kilograms => kilograms * 1000),
    };

    // Energy is counted where the meter's reading is: with estimates on one side only, what is used, made, taken and given would not balance.
    private Energy[] SumOfMeasured(Func<MemberData, int[]> ofMember)
    {
        var sums = new Energy[traded.Length];
        foreach (MemberData member in data.Members)
        {
            int[] values = ofMember(member);
            for (int period = 0; period < sums.Length; period++)
            {
                sums[period] += member.States[period] == ReadingState.Measured ? new Energy(values[period]) : Energy.Zero;
            }
        }

        return sums;
    }

    private Energy[] Net(Func<int, Energy> difference)
    {
        var net = new Energy[traded.Length];
        for (int period = 0; period < net.Length; period++)
        {
            net[period] = Energy.Max(Energy.Zero, difference(period));
        }

        return net;
    }

    private Energy[] Discharge()
    {
        var sums = new Energy[traded.Length];
        foreach (MemberData member in data.Members.Where(member => member.Rules.Battery is not null))
        {
            for (int period = 0; period < sums.Length; period++)
            {
                long without = (long)member.Load[period] - member.Generation[period];
                bool isMeasured = member.States[period] == ReadingState.Measured;
                sums[period] += isMeasured ? new Energy(long.Max(0, without - member.Net[period])) : Energy.Zero;
            }
        }

        return sums;
    }
}
