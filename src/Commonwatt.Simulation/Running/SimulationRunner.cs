using System.Diagnostics;
using Commonwatt.Agents;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;
using NodaTime;

namespace Commonwatt.Simulation.Running;

/// <summary>Runs a community on a ledger of its own: members bid, meters report and contracts settle, all by transactions and in simulated time.</summary>
public sealed class SimulationRunner
{
    private const string LedgerFile = "community.ledger";
    private const int FoundingCallsInTransaction = 100;

    private readonly CommunityData data;
    private readonly SimulationSettings settings;
    private readonly CommunityRules rules = new();
    private readonly CommunityKeys keys;
    private readonly CommunityFounding founding;
    private readonly LedgerGenesis genesis;
    private readonly TransactionBuilder manager;
    private readonly TariffAnnouncer tariffs;
    private readonly MeterGateway gateway;
    private readonly MemberAgent[] agents;
    private readonly Timeline<PeriodAction> timeline;
    private readonly SimulationClock clock;

    private SimulationRunner(CommunityData data, SimulationSettings settings)
    {
        this.data = data;
        this.settings = settings;
        Scenario scenario = data.Scenario;
        keys = new CommunityKeys(scenario.Name, scenario.Seed);
        founding = new CommunityFounding(data, keys, settings.Handover);
        genesis = founding.Genesis(settings.HasSignatures);
        manager = Sender(keys.Manager());
        tariffs = new TariffAnnouncer(data);
        gateway = new MeterGateway(data.Members, keys.Meter, Sender(keys.Gateway()), scenario.Seed);
        agents = [.. data.Members.Select(member => new MemberAgent(member, Sender(keys.Member(member.Id))))];
        clock = new SimulationClock(founding.Start);
        timeline = new Timeline<PeriodAction>(PeriodAction.All(data), data.Grid.StartOf, data.Grid.Count);
    }

    /// <summary>Runs a community from its founding to the settlement of its last period.</summary>
    /// <param name="data">The community.</param>
    /// <param name="folder">Where the ledger and the tables go.</param>
    /// <param name="settings">How to run it; null for signed transactions on all cores.</param>
    /// <param name="cancel">Stops it between two blocks.</param>
    /// <exception cref="InvalidDataException">The ledger refused something that the community is founded or managed by; the message says why.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public static SimulationResult Run(CommunityData data, LedgerFolder folder, SimulationSettings? settings = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(folder);
        return new SimulationRunner(data, settings ?? new SimulationSettings()).Run(folder, cancel);
    }

    private SimulationResult Run(LedgerFolder folder, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        using SettlementCsv? settlement = folder.Settlement is null ? null : new SettlementCsv(folder.Settlement);
        using TradesCsv? trades = folder.Trades is null ? null : new TradesCsv(folder.Trades);
        var collector = new ResultCollector(data, keys, settlement, trades);
        using LedgerNode node = LedgerNode.Open(new NodeSettings
        {
            Genesis = genesis,
            Catalog = CommunityRules.Catalog,
            Key = keys.Validator(),
            Disk = new FolderDisk(folder.Path),
            Orderer = new MemoryOrderer(),
            Clock = clock,
            FileName = LedgerFile,
            Reserve = settings.Handover?.Reserve ?? 0,
            SnapshotEvery = settings.Handover?.SnapshotEvery ?? 0,
            SignatureThreads = settings.Threads,
            SealsInBackground = true,
            OnFinal = settings.Handover?.OnFinal is { } listener ? block => { collector.Take(block); listener(block); } : collector.Take,
        });
        Found(node);
        node.Drain();
        RequireTaken(collector);
        Live(node, collector, cancel);
        node.Drain();
        RequireTaken(collector);
        if (settings.Handover is null)
        {
            RequireSettled(collector);
        }

        return ToResult(node, collector, Stopwatch.GetElapsedTime(started));
    }

    private void Found(LedgerNode node)
    {
        Ledger.Wire.Call announced = tariffs.Announce(period: 0) ?? throw new UnreachableException("A grid has a first period, and it has prices.");
        foreach (Ledger.Wire.Call[] calls in founding.Calls(announced).Chunk(FoundingCallsInTransaction))
        {
            Submit(node, [manager.Build(clock.Now, calls)]);
            MakeBlocks(node);
        }
    }

    // The clock goes from one moment at which something happens to the next: a step of a member or meter, or a call the contracts scheduled.
    private void Live(LedgerNode node, ResultCollector collector, CancellationToken cancel)
    {
        Instant end = settings.Handover?.At ?? data.Grid.End + data.Scenario.Market.ReadingDeadline;
        while (NextMoment(node) is { } next && next <= end)
        {
            cancel.ThrowIfCancellationRequested();
            RequireTaken(collector);
            clock.Now = Instant.Max(clock.Now, next);
            var transactions = new List<SignedTransaction>();
            while (timeline.TryTake(clock.Now, out PeriodAction action, out int period))
            {
                Act(node, action, period, transactions);
            }

            Submit(node, transactions);
            MakeBlocks(node);
        }
    }

    private static void RequireTaken(ResultCollector collector)
    {
        if (collector.CommunityRefusal is { } sentence)
        {
            throw new InvalidDataException($"The ledger does not take the community as the scenario has it. {sentence}");
        }
    }

    private void RequireSettled(ResultCollector collector)
    {
        if (collector.SettledPeriods != data.Grid.Count)
        {
            throw new InvalidOperationException($"Only {collector.SettledPeriods} of {data.Grid.Count} periods were settled.");
        }
    }

    private Instant? NextMoment(LedgerNode node) => (timeline.Next, node.NextDue) switch
    {
        ({ } step, { } due) => step < due ? step : due,
        ({ } step, null) => step,
        (null, var due) => due,
    };

    private void Act(LedgerNode node, PeriodAction action, int period, List<SignedTransaction> transactions)
    {
        Instant delivery = data.Grid.StartOf(period);
        if (period % data.Grid.PeriodsPerDay == 0 && tariffs.Announce(period) is { } announcement)
        {
            transactions.Add(manager.Build(clock.Now, announcement));
        }

        if (action.Round is not { } round)
        {
            transactions.AddRange(gateway.Report(period, delivery, clock.Now));
            settings.Progress?.Report((double)(period + 1) / data.Grid.Count);
            return;
        }

        var decided = new SignedTransaction?[agents.Length];
        bool[] stands = OrdersThatStand(node, round, delivery);
        ForEachAgent(index => decided[index] = Decide(index, action.Strategy, round, period, stands[index]));
        transactions.AddRange(InOrderOfArrival(decided, period, round));
    }

    // Whose order comes first is drawn anew each time: the order in which a file names members is no reason to be served first.
    private IEnumerable<SignedTransaction> InOrderOfArrival(SignedTransaction?[] decided, int period, BiddingRound round)
    {
        ulong seed = SeededRandom.Mix(SeededRandom.Mix(SeededRandom.Mix(data.Scenario.Seed, "arrival"), (ulong)period), (ulong)(round.Progress * 100));
        var random = new SeededRandom(seed);
        for (int left = decided.Length; left > 1; left--)
        {
            int drawn = (int)SeededRandom.Below(random.NextBits(), (ulong)left);
            (decided[left - 1], decided[drawn]) = (decided[drawn], decided[left - 1]);
        }

        return decided.OfType<SignedTransaction>();
    }

    // Members are registered in the scenario's order, and numbered from 1.
    private bool[] OrdersThatStand(LedgerNode node, BiddingRound round, Instant delivery)
    {
        bool[] stands = new bool[agents.Length];
        if (!round.IsFirst)
        {
            foreach ((OrderKey order, _) in rules.Market.Orders(new StateView(node.State), delivery))
            {
                stands[order.Member.Value - 1] = true;
            }
        }

        return stands;
    }

    private SignedTransaction? Decide(int index, BiddingStrategyKind strategy, BiddingRound round, int period, bool orderStands)
    {
        MemberData member = data.Members[index];
        if (member.Rules.Strategy != strategy || !BiddingRound.Of(member).Contains(round))
        {
            return null;
        }

        Energy expected = member.Expect(period, KnownPeriods());
        var situation = new BiddingSituation(period, expected, data.Retail[period], data.FeedIn[period], data.LocalGridFee, round.Progress);
        return agents[index].Decide(situation, data.Grid.StartOf(period), clock.Now, orderStands);
    }

    // A period's readings are known from its end on.
    private int KnownPeriods() => int.Clamp(data.Grid.IndexOf(clock.Now), 0, data.Grid.Count);

    // Signing is worth a thread; without it a decision takes less time than to hand it over.
    private void ForEachAgent(Action<int> decide)
    {
        if (settings.HasSignatures && settings.Threads > 1)
        {
            Parallel.For(0, agents.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, decide);
            return;
        }

        for (int index = 0; index < agents.Length; index++)
        {
            decide(index);
        }
    }

    private static void Submit(LedgerNode node, IReadOnlyList<SignedTransaction> transactions)
    {
        foreach (Outcome outcome in node.Submit(transactions))
        {
            if (!outcome.IsDone)
            {
                throw new InvalidOperationException($"The ledger did not take a transaction of the simulation in: {outcome.Sentence}");
            }
        }
    }

    private static void MakeBlocks(LedgerNode node)
    {
        while (node.Propose())
        {
            node.Advance();
        }
    }

    private TransactionBuilder Sender(SigningKey key) => new(genesis.Id, key, settings.HasSignatures);

    private SimulationResult ToResult(LedgerNode node, ResultCollector collector, TimeSpan elapsed)
    {
        Money residual = Money.Zero;
        foreach ((_, Account account) in rules.Wallet.Accounts(new StateView(node.State)))
        {
            residual += account.Balance;
        }

        Scenario scenario = data.Scenario;
        return new SimulationResult
        {
            Scenario = scenario.Name,
            Mechanism = scenario.Market.Mechanism,
            Currency = scenario.Currency,
            TimeZone = DateTimeZoneProviders.Tzdb[scenario.TimeZone],
            Start = data.Grid.Start,
            PeriodLength = data.Grid.Length,
            Series = collector.Periods.ToSeries(),
            Members = collector.Members,
            Ledger = new LedgerSummary((long)node.Tip.Height, collector.Transactions, node.Tip.HeaderHash().ToString(), settings.HasSignatures),
            Residual = residual,
            DataProblems = [.. DataProblemList.Of(data.Problems), .. collector.Refusals()],
            Elapsed = elapsed,
        };
    }
}
