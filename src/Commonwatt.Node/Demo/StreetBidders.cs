using Commonwatt.Agents;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;
using NodaTime;

namespace Commonwatt.Node.Demo;

/// <summary>Bids for the homes of the street, each with its own key and its own way, as the listings of the hours to come open and their gates near.</summary>
internal sealed class StreetBidders
{
    private const int HoursSeen = 15 * 24;
    private const int MostMinutesLate = 50;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[DemoStreet.TimeZone];

    private readonly StreetLife life;
    private readonly ICommunityLedger ledger;
    private readonly IReadOnlySet<string> withAgent;
    private readonly Instant lastListing;
    private readonly Price localGridFee;
    private readonly Bidder[] bidders;

    /// <summary>The bidders of a street.</summary>
    /// <param name="life">The street.</param>
    /// <param name="seed">The demo's seed.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="keys">The homes' keys.</param>
    /// <param name="withAgent">The homes that the node's agent bids for.</param>
    /// <param name="historyEnd">When the history ended: for listings that were open by then, all have bid.</param>
    public StreetBidders(StreetLife life, ulong seed, ICommunityLedger ledger, CommunityKeys keys, IReadOnlySet<string> withAgent, Instant historyEnd)
    {
        this.withAgent = withAgent;
        this.life = life;
        this.ledger = ledger;
        lastListing = historyEnd + DemoStreet.Market.ListingLead;
        Scenario scenario = DemoStreet.Scenario(life.Homes, new DateOnly(2000, 1, 1), days: 1, Hour, seed);
        localGridFee = scenario.Tariffs.LocalGridFee;
        PeriodGrid grid = PeriodGrid.Of(scenario).Required();
        bidders = [.. life.Homes.Select((home, index) =>
        {
            MemberData data = DemoHistory.Member(home, grid, [], seed, scenario.Wallet);
            var sender = new TransactionBuilder(ledger.Genesis.Id, keys.Member(home.Id));
            TimeSpan lateness = TimeSpan.FromMinutes(SeededRandom.Mix(seed, home.Id) % MostMinutesLate);
            return new Bidder(data, sender, new MemberAgent(data, sender), lateness, [.. BiddingRound.Of(data).Select(round => (round, round.Lead(DemoStreet.Market)))]);
        })];
    }

    /// <summary>What the homes decide in a stretch of time.</summary>
    /// <param name="after">The moment it begins after.</param>
    /// <param name="until">The moment it ends with.</param>
    public IEnumerable<SignedTransaction> Decide(Instant after, Instant until)
    {
        for (int home = 0; home < bidders.Length; home++)
        {
            if (withAgent.Contains(life.Homes[home].Id))
            {
                continue;
            }

            foreach ((BiddingRound round, TimeSpan lead) in bidders[home].Rounds)
            {
                // Not all homes look at a new listing in the same second.
                TimeSpan ahead = round.IsFirst ? lead - bidders[home].Lateness : lead;
                foreach (Instant delivery in HoursWithin(after + ahead, until + ahead))
                {
                    if (Decide(home, round, delivery, until) is { } transaction)
                    {
                        yield return transaction;
                    }
                }
            }
        }
    }

    private SignedTransaction? Decide(int home, BiddingRound round, Instant delivery, Instant now)
    {
        // For what was open when the history ended, everybody has bid.
        if (round.IsFirst && delivery <= lastListing)
        {
            return null;
        }

        bool stands = !round.IsFirst && Stands(home, delivery);
        Bidder bidder = bidders[home];
        bidder.Sender.ContinueAfter((ulong)now.UnixMilliseconds);
        int period = (int)((delivery - life.Start) / Hour);
        var situation = new BiddingSituation(period, Expect(home, bidder.Data, delivery, now), RetailAt(delivery), DemoStreet.FeedIn, localGridFee, round.Progress);
        return bidder.Agent.Decide(situation, delivery, now, stands);
    }

    // Members are registered in the order of the homes, and numbered from 1.
    private bool Stands(int home, Instant delivery) =>
        ledger.State is { } state && ledger.Rules.Market.Orders(state, delivery).Any(order => order.Key.Member.Value == home + 1);

    private Energy Expect(int home, MemberData data, Instant delivery, Instant now)
    {
        Instant thisHour = DeliveryPeriod.Containing(now, Hour).Start;
        int known = int.Min(HoursSeen, (int)((thisHour - life.Start) / Hour));
        Instant first = thisHour - (Hour * known);
        int[] net = new int[known];
        for (int hour = 0; hour < known; hour++)
        {
            net[hour] = life.NetOfHour(home, first + (Hour * hour));
        }

        var history = new MemberHistory(net, new ReadingState[known], periodsPerDay: 24);
        return data.Forecast.Net((int)((delivery - first) / Hour), history);
    }

    private static Price RetailAt(Instant delivery)
    {
        LocalTime time = NodaTime.Instant.FromUnixTimeMilliseconds(delivery.UnixMilliseconds).InZone(Zone).TimeOfDay;
        return DemoStreet.Retail.PriceAt((time.Hour * 60) + time.Minute);
    }

    private static IEnumerable<Instant> HoursWithin(Instant after, Instant until)
    {
        for (Instant hour = DeliveryPeriod.Containing(after, Hour).End; hour <= until; hour += Hour)
        {
            yield return hour;
        }
    }

    private sealed record Bidder(MemberData Data, TransactionBuilder Sender, MemberAgent Agent, TimeSpan Lateness, IReadOnlyList<(BiddingRound Round, TimeSpan Lead)> Rounds);
}
