using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Validation;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>Makes tables and totals from the events of final blocks, as any onlooker could.</summary>
internal sealed class ResultCollector
{
    private const int MostExamples = 5;

    private readonly CommunityData data;
    private readonly Address manager;
    private readonly Address gateway;
    private readonly SettlementCsv? settlement;
    private readonly TradesCsv? tradesTable;
    private readonly MemberTotals[] members;
    private readonly List<string> refusedTransactions = [];
    private readonly List<string> refusedReadings = [];
    private long refusedTransactionCount;
    private long refusedReadingCount;
    private string? communityRefusal;

    public ResultCollector(CommunityData data, CommunityKeys keys, SettlementCsv? settlement, TradesCsv? trades)
    {
        this.data = data;
        manager = keys.Manager().Address;
        gateway = keys.Gateway().Address;
        this.settlement = settlement;
        tradesTable = trades;
        members = [.. data.Members.Select(member => new MemberTotals(member))];
        Periods = new PeriodTotals(data);
    }

    /// <summary>How many transactions the blocks hold.</summary>
    public long Transactions { get; private set; }

    /// <summary>
    /// Why the ledger refused something that the manager sent or the contracts scheduled, or null. Without it the community is not what the
    /// scenario says. Another thread may read it.
    /// </summary>
    public string? CommunityRefusal => Volatile.Read(ref communityRefusal);

    /// <summary>How many periods are settled.</summary>
    public int SettledPeriods { get; private set; }

    /// <summary>What each period came to.</summary>
    public PeriodTotals Periods { get; }

    /// <summary>What each member came to, in the scenario's order.</summary>
    public IReadOnlyList<MemberResult> Members => Array.ConvertAll(members, member => member.ToResult());

    /// <summary>What the ledger refused, as problems of the data.</summary>
    public IEnumerable<DataProblem> Refusals()
    {
        if (refusedReadingCount > 0)
        {
            yield return new DataProblem("refused-reading", refusedReadingCount, "The ledger refused the reading as impossible; an estimate stands in for it.", refusedReadings);
        }

        if (refusedTransactionCount > 0)
        {
            yield return new DataProblem("refused-transaction", refusedTransactionCount, "The ledger refused the transaction: it changed nothing.", refusedTransactions);
        }
    }

    /// <summary>Takes in a block.</summary>
    public void Take(FinalBlock block)
    {
        Transactions += block.Transactions.Count;
        int scheduled = block.Executed.ScheduledCount;
        for (int index = 0; index < block.Executed.Receipts.Count; index++)
        {
            Receipt receipt = block.Executed.Receipts[index];
            if (!receipt.Outcome.IsDone)
            {
                NoteRefusal(block, index < scheduled ? null : block.Transactions[index - scheduled].Sender, receipt.Outcome.Sentence);
            }

            foreach (LedgerEvent happened in receipt.Events)
            {
                Take(happened);
            }
        }
    }

    // What the contracts scheduled has no sender.
    private void NoteRefusal(FinalBlock block, Address? sender, string sentence)
    {
        if (sender == gateway)
        {
            // A reading that came alone: of several, the others count, and an event tells.
            refusedReadingCount++;
            AddExample(refusedReadings, sentence);
            return;
        }

        refusedTransactionCount++;
        AddExample(refusedTransactions, $"block {block.Header.Height}: {sentence}");
        if (sender is null || sender == manager)
        {
            Volatile.Write(ref communityRefusal, sentence);
        }
    }

    private void Take(in LedgerEvent happened)
    {
        // Orders and readings are by far the most events, and nothing is made of them here.
        if (happened.Is<PeriodSettled>())
        {
            Take(happened.As<PeriodSettled>());
        }
        else if (happened.Is<ReadingRefused>())
        {
            ReadingRefused refused = happened.As<ReadingRefused>();
            refusedReadingCount++;
            AddExample(refusedReadings, $"{refused.Delivery}: {refused.Sentence}");
        }
    }

    private void Take(PeriodSettled settled)
    {
        SettledPeriods++;
        int period = data.Grid.IndexOf(settled.Delivery);
        Periods.AddTrades(period, settled.Trades.Trades);
        foreach (MemberTrade trade in settled.Trades.Trades)
        {
            MemberOf(trade.Buyer).Bought += trade.Quantity;
            MemberOf(trade.Seller).Sold += trade.Quantity;
            tradesTable?.Write(settled.Delivery, IdOf(trade.Buyer), IdOf(trade.Seller), trade.Quantity, trade.Price, trade.Amount);
        }

        foreach (MeteredEnergy metered in settled.Metered)
        {
            MemberOf(metered.Member).AddMetered(metered.Net, metered.Estimated, settled.Retail, settled.FeedIn);
            if (!metered.Estimated)
            {
                Periods.AddMetered(period, Energy.Max(metered.Net, Energy.Zero), Energy.Max(-metered.Net, Energy.Zero));
            }
        }

        for (int index = 0; index < settled.Lines.Count; index++)
        {
            Take(settled.Delivery, settled.Lines[index]);
        }
    }

    private void Take(Instant delivery, in SettlementLine line)
    {
        if (line.From.Kind == PartyKind.Member)
        {
            MemberOf(line.From.MemberId).CostWithMarket += line.Amount;
        }

        if (line.To.Kind == PartyKind.Member)
        {
            MemberOf(line.To.MemberId).CostWithMarket -= line.Amount;
        }

        settlement?.Write(delivery, NameOf(line.From), NameOf(line.To), NameOf(line.Kind), line.Quantity, line.Price, line.Amount, line.Estimated);
    }

    // Members are registered in the scenario's order, and numbered from 1.
    private MemberTotals MemberOf(MemberId id) => members[id.Value - 1];

    private string IdOf(MemberId id) => data.Members[(int)id.Value - 1].Id;

    private string NameOf(Party party) => party.Kind switch
    {
        PartyKind.Member => IdOf(party.MemberId),
        PartyKind.Utility => "utility",
        PartyKind.Dso => "dso",
        _ => "community-fund",
    };

    private static string NameOf(SettlementLineKind kind) => kind switch
    {
        SettlementLineKind.Trade => "trade",
        SettlementLineKind.LocalGridFee => "local-grid-fee",
        SettlementLineKind.PooledImbalance => "pooled-imbalance",
        SettlementLineKind.UtilityImport => "utility-import",
        SettlementLineKind.UtilityExport => "utility-export",
        _ => "shortfall-penalty",
    };

    private static void AddExample(List<string> examples, string sentence)
    {
        if (examples.Count < MostExamples)
        {
            examples.Add(sentence);
        }
    }
}
