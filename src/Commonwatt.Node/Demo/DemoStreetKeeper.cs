using Commonwatt.Contracts;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Readings;
using Commonwatt.Simulation.Running;
using Google.Protobuf;

namespace Commonwatt.Node.Demo;

/// <summary>A demo's street with all that belongs to it on disk.</summary>
internal sealed class DemoStreetKeeper
{
    private const long MostWattHoursOfAgent = 6_000;

    private readonly DemoHistory history;
    private readonly DemoFolder.DemoBeginning beginning;

    /// <summary>The street of a demo's folder.</summary>
    public DemoStreetKeeper(DemoFolder folder)
    {
        Folder = folder;
        beginning = folder.Beginning;
        Life = new StreetLife(DemoStreet.Homes(beginning.Homes, beginning.Seed), beginning.FirstDay, beginning.Seed, folder.Life);
        history = new DemoHistory(Life, beginning.Seed);
        People = DemoPerson.All(Life.Homes, Keys);
        Neighbours = [.. Life.Homes.Where(home => People.All(person => person.HomeId != home.Id)).Select(home => new DemoPerson(home.Id, home.Name, ["member"], "", Keys.Member(home.Id), home.Id))];
    }

    /// <summary>The people whom whoever looks on may be.</summary>
    public IReadOnlyList<DemoPerson> People { get; }

    /// <summary>All others who live on the street.</summary>
    public IReadOnlyList<DemoPerson> Neighbours { get; }

    /// <summary>The folder.</summary>
    public DemoFolder Folder { get; }

    /// <summary>What the homes do.</summary>
    public StreetLife Life { get; }

    /// <summary>The community's keys.</summary>
    public CommunityKeys Keys => history.Keys;

    /// <summary>The validator's key file.</summary>
    public string ValidatorKey => KeyIn("validator");

    /// <summary>The gateway's key file.</summary>
    public string GatewayKey => KeyIn("gateway");

    /// <summary>The agent's key file.</summary>
    public string AgentKey => KeyIn("agent");

    /// <summary>Makes the ledger with its history, where there is none.</summary>
    public void MakeHistory(IProgress<double>? progress, CancellationToken cancel)
    {
        if (Folder.HasHistory)
        {
            return;
        }

        KeyFile.Write(ValidatorKey, Keys.Validator());
        KeyFile.Write(GatewayKey, Keys.Gateway());
        KeyFile.Write(AgentKey, Keys.Agent());
        Folder.MakeLedger(path =>
        {
            (LedgerGenesis genesis, _) = history.Run(path, Folder.Path, beginning.FirstDay, beginning.End, progress, cancel);
            File.WriteAllBytes(Folder.Genesis, genesis.Bytes.ToArray());
        });
    }

    /// <summary>The time that the community goes on from: none that it was stopped for has passed there.</summary>
    public Instant TimeToGoOnFrom() => Instant.Max(beginning.End, Folder.LastTime() ?? beginning.End);

    /// <summary>Lets the street live beside a node.</summary>
    public LiveStreet Live(ICommunityLedger ledger, ReadingIntake intake, ScaledClock clock, Action<string> log) => new(new LiveStreetSettings(
        Folder,
        clock,
        new StreetMeters(Life, Keys.Meter),
        new StreetBidders(Life, beginning.Seed, ledger, Keys, DemoPerson.HomesOf(People), beginning.End),
        new StreetManager(Life.Homes, id => Keys.Member(id).Address, new TransactionBuilder(ledger.Genesis.Id, Keys.Manager())),
        intake,
        ledger.SubmitAsync,
        log)
    {
        Begin = Life.Start,
        IsFirstStart = Folder.LastTime() is null,
        Mandates = now => People.Where(person => person.HomeId is not null).Select(person => Mandate(person, ledger, now)),
    });

    private SignedTransaction Mandate(DemoPerson person, ICommunityLedger ledger, Instant now)
    {
        var sender = new TransactionBuilder(ledger.Genesis.Id, person.Key);
        sender.ContinueAfter((ulong)now.UnixMilliseconds);
        return sender.Build(now, TransactionBuilder.Call("mandate", "grant", new GrantMandate
        {
            Agent = ByteString.CopyFrom(Keys.Agent().Address.ToArray()),
            Sides = (uint)MandateSides.Both,
            LowestPrice = DemoStreet.FeedIn.MicrosPerKilowattHour,
            HighestPrice = DemoStreet.Retail.Bands.Max(band => band.Price).MicrosPerKilowattHour,
            MostWhPerHour = MostWattHoursOfAgent,
            FromMs = now.UnixMilliseconds,
            UntilMs = (DeliveryPeriod.Containing(now, TimeSpan.FromHours(1)).Start + CommunityLimits.LongestMandate).UnixMilliseconds,
        }));
    }

    private string KeyIn(string name) => Path.Combine(Folder.Path, "keys", $"{name}.pem");
}
