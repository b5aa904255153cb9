using Commonwatt.Agents;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;
using Google.Protobuf;
using NodaTime;

namespace Commonwatt.Node.Demo;

/// <summary>Founds the demo's community on a new ledger and lets some weeks pass, so that there are bills to look at from the first minute on.</summary>
/// <param name="life">The street.</param>
/// <param name="seed">The demo's seed.</param>
internal sealed class DemoHistory(StreetLife life, ulong seed)
{
    /// <summary>How many local days pass before people look on, about.</summary>
    public const int Days = 45;

    private const int YearsOfInvoices = 10;

    // Members have bid for what is open when the history ends.
    private const int DaysAhead = 3;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The community's keys.</summary>
    public CommunityKeys Keys { get; } = new(DemoStreet.Name, seed);

    /// <summary>The local day that the history of a demo begins with that is started on some day.</summary>
    public static DateOnly FirstDayBefore(DateOnly today) => today.AddDays(-Days);

    /// <summary>The hour that the history ends with, and the demo begins to live: this one by day, ten in the morning by night.</summary>
    /// <param name="now">The time.</param>
    public static Instant EndFor(Instant now)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[DemoStreet.TimeZone];
        ZonedDateTime local = NodaTime.Instant.FromUnixTimeMilliseconds(now.UnixMilliseconds).InZone(zone);
        int hour = local.Hour is >= 9 and <= 15 ? local.Hour : 10;
        return new(local.Date.At(new LocalTime(hour, 0)).InZoneLeniently(zone).ToInstant().ToUnixTimeMilliseconds());
    }

    /// <summary>The local day of a moment.</summary>
    public static DateOnly DayOf(Instant moment) =>
        NodaTime.Instant.FromUnixTimeMilliseconds(moment.UnixMilliseconds).InZone(DateTimeZoneProviders.Tzdb[DemoStreet.TimeZone]).Date.ToDateOnly();

    /// <summary>Makes the ledger.</summary>
    /// <param name="folder">The empty folder it is made in.</param>
    /// <param name="tables">The folder that the tables made from it go to.</param>
    /// <param name="firstDay">The first local day.</param>
    /// <param name="end">When the history ends: a whole hour.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What the ledger begins with, and what came of these weeks.</returns>
    public (LedgerGenesis Genesis, SimulationResult Result) Run(string folder, string tables, DateOnly firstDay, Instant end, IProgress<double>? progress, CancellationToken cancel)
    {
        int days = DayOf(end).DayNumber - firstDay.DayNumber + DaysAhead;
        Scenario scenario = DemoStreet.Scenario(life.Homes, firstDay, days, Hour, seed);
        var handover = new LedgerHandover(end, end + TimeSpan.FromDays(366 * YearsOfInvoices))
        {
            FurtherCalls = [TransactionBuilder.Call("governance", "grant-role", new GrantRole { Holder = ByteString.CopyFrom(Keys.GridOperator().Address.ToArray()), Role = Role.Dso })],
        };
        CommunityData data = Data(scenario, end);
        LedgerGenesis genesis = new CommunityFounding(data, Keys, handover).Genesis(hasSignatures: true);
        using var made = new HistoryTables(tables, genesis);
        SimulationResult result = SimulationRunner.Run(data, new LedgerFolder(folder), new SimulationSettings { Progress = progress, Handover = handover with { OnFinal = made.Take } }, cancel);
        return (genesis, result);
    }

    /// <summary>What a home is to the market; with the energy of each period where a grid is given.</summary>
    public static MemberData Member(DemoHome home, PeriodGrid grid, int[] net, ulong seed, WalletRules wallet) => new(home.Rules, grid)
    {
        Load = net,
        Generation = net,
        Net = net,
        States = new ReadingState[net.Length],
        GenerationCapacity = home.Rules.Pv is GenerationSource.Photovoltaic panels ? panels.Peak : Power.Zero,
        Deposit = wallet.Deposit,
        CreditLine = wallet.CreditLine,
        Forecast = new RecentDaysForecast(),
        Strategy = new StreetStrategy(SeededRandom.Mix(SeededRandom.Mix(seed, "bids"), home.Id)),
        LooksAgain = home.Rules.Pv is not null || home.Car is not null || home.Work is not null,
    };

    // Whoever looks on may be this member: what is open by then is left to the node's agent and to the browser.
    private static MemberData LeftToAgent(MemberData member, PeriodGrid grid, Instant end) => new(member.Rules, grid)
    {
        Load = member.Load,
        Generation = member.Generation,
        Net = member.Net,
        States = member.States,
        GenerationCapacity = member.GenerationCapacity,
        Deposit = member.Deposit,
        CreditLine = member.CreditLine,
        Forecast = member.Forecast,
        Strategy = new StrategyUntil(member.Strategy, grid.IndexOf(end)),
        LooksAgain = member.LooksAgain,
    };

    private CommunityData Data(Scenario scenario, Instant end)
    {
        PeriodGrid grid = PeriodGrid.Of(scenario).Required();
        HashSet<string> withAgent = DemoPerson.HomesOf(DemoPerson.All(life.Homes, Keys));
        var members = new MemberData[life.Homes.Count];
        for (int home = 0; home < members.Length; home++)
        {
            int[] net = new int[grid.Count];
            for (int hour = 0; hour < net.Length; hour++)
            {
                net[hour] = life.NetOfHour(home, grid.StartOf(hour));
            }

            MemberData member = Member(life.Homes[home], grid, net, seed, scenario.Wallet);
            members[home] = withAgent.Contains(member.Id) ? LeftToAgent(member, grid, end) : member;
        }

        return new CommunityData(scenario, grid)
        {
            Members = members,
            Retail = [.. Enumerable.Range(0, grid.Count).Select(hour => DemoStreet.Retail.PriceAt(grid.LocalMinuteOf(hour)))],
            FeedIn = [.. Enumerable.Repeat(DemoStreet.FeedIn, grid.Count)],
            Problems = new DataProblems([], []),
        };
    }
}
