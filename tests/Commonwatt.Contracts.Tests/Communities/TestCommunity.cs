using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>A community on a real node with a disk, an order of batches and a clock in memory. Every transaction gets a block of its own.</summary>
/// <remarks>After each block the accounts, locks and invoices must be what the events alone say: see <see cref="EventBooks"/>.</remarks>
internal sealed class TestCommunity : IDisposable
{
    /// <summary>The day of every test: midnight, UTC.</summary>
    public static readonly Instant Today = Instant.From(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly Dictionary<string, SigningKey> Keys = new(StringComparer.Ordinal);
    private static readonly Lock KeysLock = new();

    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly List<(Instant Time, LedgerEvent Event)> events = [];
    private readonly List<Receipt> scheduled = [];
    private readonly EventBooks books;
    private readonly Clock clock;
    private readonly List<FinalBlock> blocks = [];
    private readonly LedgerNode node;
    private FinalBlock? last;

    private TestCommunity()
    {
        clock = new Clock(Time("08:00"));
        books = new EventBooks(Rules);
        SigningKey validator = KeyOf("validator");
        Genesis = LedgerGenesis.Create(
            "Test",
            clock.Now,
            new ValidatorSet([new ValidatorMember(validator.PublicKey, Power: 1)]),
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = Google.Protobuf.ByteString.CopyFrom(KeyOf("manager").Address.ToArray()) })],
            hasSignatures: false);
        node = LedgerNode.Open(new NodeSettings
        {
            Genesis = Genesis,
            Catalog = CommunityRules.Catalog,
            Key = validator,
            Disk = Disk,
            Orderer = new MemoryOrderer(),
            Clock = clock,
            OnFinal = Read,
        });
    }

    public CommunityRules Rules { get; } = new();

    public LedgerGenesis Genesis { get; }

    /// <summary>Where the ledger's file is.</summary>
    public MemoryDisk Disk { get; } = new();

    /// <summary>Every block so far.</summary>
    public IReadOnlyList<FinalBlock> Blocks => blocks;

    /// <summary>The period that members trade in and report for.</summary>
    public Instant Delivery { get; private set; } = Time("13:00");

    public Instant Now => clock.Now;

    public StateReader State => new StateView(node.State);

    public Person Manager => Person("manager");

    public Person Dso => Person("dso");

    public Person Gateway => Person("gateway");

    public Person Stranger => Person("stranger");

    /// <summary>A community with a manager and nothing else, at 08:00.</summary>
    public static TestCommunity Founded() => new();

    /// <summary>
    /// Anna and Carl (10 kW of PV each), Ben and Dora (no assets), each with a connection of 20 kW, a meter and 100 of money; a DSO; retail at 0.20 and feed-in at 0.04.
    /// Periods of an hour open an hour ahead and close five minutes ahead; readings are due half an hour after delivery. The first delivery is at 13:00.
    /// </summary>
    public static TestCommunity Trading(Action<SetParameters>? change = null)
    {
        TestCommunity community = Founded();
        SetParameters parameters = Parameters();
        change?.Invoke(parameters);
        community.Manager.Calls("governance", "set-parameters", parameters).Accepted();
        community.Manager.Calls("governance", "set-tariffs", Tariff(fromMs: 0, 0.20m, 0.04m)).Accepted();
        community.Manager.Calls("governance", "grant-role", new GrantRole { Holder = community.Dso.Bytes, Role = Role.Dso }).Accepted();
        foreach (string name in (string[])["anna", "ben", "carl", "dora"])
        {
            community.Joins(name, pv: name is "anna" or "carl" ? 10 : 0);
        }

        community.Manager.Calls("market", "start", new StartMarket { FirstDeliveryMs = Time("13:00").UnixMilliseconds }).Accepted();
        return community;
    }

    public static SetParameters Parameters() => new()
    {
        PeriodMinutes = 60,
        ListingLeadMs = Minutes(60),
        GateLeadMs = Minutes(5),
        ReadingDeadlineMs = Minutes(30),
        CorrectionWindowMs = Minutes(7 * 24 * 60),
        Mechanism = "pay-as-clear",
        SharingKey = "dynamic",
    };

    public static SetTariffs Tariff(long fromMs, decimal retail, decimal feedIn) => new()
    {
        Changes = { new TariffChange { FromMs = fromMs, Retail = (long)(retail * 1_000_000), FeedIn = (long)(feedIn * 1_000_000) } },
    };

    public static long Minutes(int minutes) => (long)minutes * 60 * 1000;

    /// <summary>A time of the test's day, or of one that many days later.</summary>
    public static Instant Time(string hoursAndMinutes, int day = 0) =>
        Today + TimeSpan.FromDays(day) + TimeSpan.ParseExact(hoursAndMinutes, @"hh\:mm", System.Globalization.CultureInfo.InvariantCulture);

    public Member Member(string name) => (Member)Person(name, () => new Member(this, name));

    public Person Person(string name) => Person(name, () => new Person(this, name));

    /// <summary>Registers a member with meter and money.</summary>
    public Member Joins(string name, decimal pv = 0, decimal connection = 20, decimal deposit = 100)
    {
        Member member = Member(name);
        Manager.Calls("registry", "register-member", new RegisterMember { Member = member.Bytes, ConnectionW = (long)(connection * 1000), SharingWeight = 1 }).Accepted();
        Manager.Calls("registry", "register-meter", new RegisterMeter { Member = member.Bytes, Meter = member.Meter.Bytes, Gateway = Gateway.Bytes }).Accepted();
        if (pv > 0)
        {
            Manager.Calls("registry", "register-asset", new RegisterAsset { Member = member.Bytes, Name = "roof", Kind = "pv", PowerW = (long)(pv * 1000) }).Accepted();
        }

        if (deposit > 0)
        {
            Manager.Calls("wallet", "deposit", new Deposit { Member = member.Bytes, Amount = (long)(deposit * 1_000_000) }).Accepted();
        }

        return member;
    }

    /// <summary>Goes on to a time; whatever is due on the way happens at its time.</summary>
    public TestCommunity At(string hoursAndMinutes, int day = 0) => At(Time(hoursAndMinutes, day));

    public TestCommunity At(Instant time)
    {
        while (node.NextDue is { } due && due <= time)
        {
            clock.Now = Instant.Max(clock.Now, due);
            Block();
        }

        clock.Now = time;
        return this;
    }

    /// <summary>Goes on to a time as a node does that was down until then: all that was due happens in one block.</summary>
    public TestCommunity DownUntil(string hoursAndMinutes, int day = 0)
    {
        clock.Now = Time(hoursAndMinutes, day);
        Block();
        return this;
    }

    /// <summary>Looks at another period.</summary>
    public TestCommunity For(string hoursAndMinutes, int day = 0) => For(Time(hoursAndMinutes, day));

    public TestCommunity For(Instant delivery)
    {
        Delivery = delivery;
        return this;
    }

    /// <summary>Everything of one kind that happened so far, in order.</summary>
    public IReadOnlyList<T> All<T>()
        where T : IEvent<T> => [.. events.Where(one => one.Event.Is<T>()).Select(one => one.Event.As<T>())];

    /// <summary>When things of one kind happened.</summary>
    public IReadOnlyList<Instant> TimesOf<T>()
        where T : IEvent<T> => [.. events.Where(one => one.Event.Is<T>()).Select(one => one.Time)];

    /// <summary>Where the period that the community looks at is in its life, or null where it is not open yet or settled.</summary>
    public PeriodState? StateOfPeriod()
    {
        foreach ((TimeKey key, Listing listing) in Rules.Market.Listings(State))
        {
            if (key.Time == Delivery)
            {
                return listing.StateAt(Delivery, Now);
            }
        }

        return null;
    }

    public Money BalanceOf(Address address) => Rules.Wallet.AccountOf(State, address).Balance;

    /// <summary>How many scheduled calls ran so far.</summary>
    public int ScheduledCalls => scheduled.Count;

    /// <summary>No scheduled call so far was refused.</summary>
    public void EveryScheduledCallWasDone() => Assert.All(scheduled, receipt => Assert.True(receipt.Outcome.IsDone, receipt.Outcome.ToString()));

    /// <summary>A second machine executes every block again and compares every root.</summary>
    public void ReplaysAlike()
    {
        VerificationReport report = LedgerVerifier.Verify(Disk, "community.ledger", CommunityRules.Catalog);
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(node.Tip.HeaderHash(), report.Tip);
    }

    public TransactionBuilder BuilderOf(string name) => new(Genesis.Id, KeyOf(name), withSignatures: false);

    public Reply Execute(SignedTransaction transaction)
    {
        Outcome admitted = node.Submit(transaction);
        if (!admitted.IsDone)
        {
            return new Reply(admitted, []);
        }

        Block();
        Receipt receipt = last!.Executed.Receipts[^1];
        return new Reply(receipt.Outcome, receipt.Events);
    }

    public void Dispose() => node.Dispose();

    private static SigningKey KeyOf(string name)
    {
        lock (KeysLock)
        {
            if (!Keys.TryGetValue(name, out SigningKey? key))
            {
                key = SigningKey.FromSeed(name);
                Keys.Add(name, key);
            }

            return key;
        }
    }

    private Person Person(string name, Func<Person> make)
    {
        if (!people.TryGetValue(name, out Person? person))
        {
            person = make();
            people.Add(name, person);
        }

        return person;
    }

    private void Block()
    {
        if (node.Propose())
        {
            node.Advance();
        }
    }

    private void Read(FinalBlock block)
    {
        last = block;
        blocks.Add(block);
        scheduled.AddRange(block.Executed.Receipts.Take(block.Header.Height == 0 ? 0 : block.Executed.ScheduledCount));
        var state = new StateView(block.Executed.State);
        foreach (LedgerEvent happened in block.Executed.Receipts.SelectMany(receipt => receipt.Events))
        {
            events.Add((block.Header.Time, happened));
            books.Read(happened, state);
        }

        books.MustEqual(state);
    }
}
