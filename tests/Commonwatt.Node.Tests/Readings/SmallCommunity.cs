using System.Globalization;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Markets;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Tests.Databases;
using Google.Protobuf;

namespace Commonwatt.Node.Tests.Readings;

/// <summary>
/// A community on a ledger in memory, with a database in a scratch folder and a clock that stands still until it is set. Anna has 10 kW of PV, Ben has none; each has a connection of 20 kW,
/// a meter that this node's gateway reports for, and 100 of money. Periods of an hour open an hour ahead; readings are due half an hour after delivery; the first delivery is at 13:00.
/// </summary>
internal sealed class SmallCommunity : TimeProvider, ICommunityLedger, IDisposable
{
    public static readonly Instant Today = Instant.From(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly TestDatabase database;
    private readonly LedgerNode node;
    private readonly Dictionary<string, TransactionBuilder> builders = new(StringComparer.Ordinal);
    private FinalBlock last = null!;

    public SmallCommunity(int periodMinutes = 60, string kind = "sqlite")
    {
        database = new TestDatabase(kind);
        Now = Time("08:00");
        using var validator = SigningKey.FromSeed("validator");
        Genesis = LedgerGenesis.Create(
            "Small",
            Now,
            new ValidatorSet([new ValidatorMember(validator.PublicKey, Power: 1)]),
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = Bytes("manager") })],
            hasSignatures: false);
        node = LedgerNode.Open(new NodeSettings
        {
            Genesis = Genesis,
            Catalog = CommunityRules.Catalog,
            Key = SigningKey.FromSeed("validator"),
            Disk = new MemoryDisk(),
            Orderer = new MemoryOrderer(),
            Clock = this,
            OnFinal = Read,
        });
        Database = database.Open();
        Found(periodMinutes);
    }

    public Instant Now { get; private set; }

    public Database Database { get; }

    public LedgerGenesis Genesis { get; }

    public CommunityRules Rules { get; } = new();

    public StateReader? State { get; private set; }

    /// <summary>Every event so far.</summary>
    public List<LedgerEvent> Events { get; } = [];

    /// <summary>The answers that were given, in order.</summary>
    public List<TransactionAnswer> Answers { get; } = [];

    /// <summary>Every transaction that was handed in, in order.</summary>
    public List<SignedTransaction> Sent { get; } = [];

    /// <summary>What becomes of a transaction that is handed in: it is executed and answered, executed without an answer, or lost.</summary>
    public Reception Reception { get; set; } = Reception.Answered;

    public static Instant Time(string hoursAndMinutes, int day = 0) =>
        Today + TimeSpan.FromDays(day) + TimeSpan.ParseExact(hoursAndMinutes, @"hh\:mm", CultureInfo.InvariantCulture);

    public static SigningKey Key(string name) => SigningKey.FromSeed(name);

    public static Address AddressOf(string name) => Key(name).Address;

    public static ByteString Bytes(string name) => ByteString.CopyFrom(AddressOf(name).ToArray());

    public MemberId IdOf(string name) => Rules.Registry.TryFindMember(State!, AddressOf(name), out MemberId id, out _) ? id : default;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public IReadOnlyList<T> All<T>()
        where T : IEvent<T> => [.. Events.Where(one => one.Is<T>()).Select(one => one.As<T>())];

    /// <summary>Goes on to a time; whatever is due on the way happens at its time.</summary>
    public SmallCommunity At(string hoursAndMinutes, int day = 0) => At(Time(hoursAndMinutes, day));

    public SmallCommunity At(Instant time)
    {
        while (node.NextDue is { } due && due <= time)
        {
            Now = Instant.Max(Now, due);
            Block();
        }

        Now = time;
        return this;
    }

    public Outcome Calls(string who, string contract, string method, IMessage arguments) => Execute(Builder(who).Build(Now, TransactionBuilder.Call(contract, method, arguments)));

    public Task<TransactionAnswer> SubmitAsync(SignedTransaction transaction, TimeSpan patience, CancellationToken cancel)
    {
        Sent.Add(transaction);
        TransactionAnswer answer = Reception == Reception.TurnedAway ? TransactionAnswer.Refused(transaction.Id, Outcome.Refused("not-validator", "Not here.")) : Receive(transaction);
        Answers.Add(answer);
        return Task.FromResult(answer);
    }

    public void Dispose()
    {
        node.Dispose();
        database.Dispose();
    }

    private TransactionBuilder Builder(string who)
    {
        if (!builders.TryGetValue(who, out TransactionBuilder? builder))
        {
            builder = new TransactionBuilder(Genesis.Id, Key(who), withSignatures: false);
            builders.Add(who, builder);
        }

        return builder;
    }

    private void Found(int periodMinutes)
    {
        Block();
        const long minute = 60_000;
        Must("governance", "set-parameters", new SetParameters
        {
            PeriodMinutes = (uint)periodMinutes,
            ListingLeadMs = 60 * minute,
            GateLeadMs = 5 * minute,
            ReadingDeadlineMs = 30 * minute,
            CorrectionWindowMs = 7 * 24 * 60 * minute,
            Mechanism = "pay-as-clear",
            SharingKey = "dynamic",
        });
        Must("governance", "set-tariffs", new SetTariffs { Changes = { new TariffChange { Retail = 200_000, FeedIn = 40_000 } } });
        Joins("anna");
        Must("registry", "register-asset", new RegisterAsset { Member = Bytes("anna"), Name = "roof", Kind = "pv", PowerW = 10_000 });
        Joins("ben");
        Must("market", "start", new StartMarket { FirstDeliveryMs = Time("13:00").UnixMilliseconds });
    }

    private void Joins(string name)
    {
        Must("registry", "register-member", new RegisterMember { Member = Bytes(name), ConnectionW = 20_000, SharingWeight = 1 });
        Must("registry", "register-meter", new RegisterMeter { Member = Bytes(name), Meter = Bytes($"{name}-meter"), Gateway = Bytes("gateway") });
        Must("wallet", "deposit", new Deposit { Member = Bytes(name), Amount = 100_000_000 });
    }

    public void Must(string contract, string method, IMessage arguments) => Must([TransactionBuilder.Call(contract, method, arguments)]);

    public void Must(Ledger.Wire.Call[] calls)
    {
        Outcome outcome = Execute(Builder("manager").Build(Now, calls));
        Assert.True(outcome.IsDone, outcome.ToString());
    }

    private TransactionAnswer Receive(SignedTransaction transaction)
    {
        if (Reception == Reception.Lost)
        {
            return TransactionAnswer.OnItsWay(transaction, "not-final-yet", "It is on its way.");
        }

        Outcome admitted = node.Submit(transaction);
        if (!admitted.IsDone)
        {
            return TransactionAnswer.Refused(transaction.Id, admitted);
        }

        Block();
        return Reception == Reception.Unanswered
            ? TransactionAnswer.OnItsWay(transaction, "not-final-yet", "It is on its way.")
            : TransactionAnswer.Certified(transaction.Id, last.Header.Height, last.Executed.Receipts[^1].Outcome);
    }

    private Outcome Execute(SignedTransaction transaction)
    {
        Outcome admitted = node.Submit(transaction);
        if (!admitted.IsDone)
        {
            return admitted;
        }

        Block();
        return last.Executed.Receipts[^1].Outcome;
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
        State = new StateView(block.Executed.State);
        Events.AddRange(block.Executed.Receipts.SelectMany(receipt => receipt.Events));
    }
}

/// <summary>What becomes of a transaction that is handed in.</summary>
internal enum Reception
{
    /// <summary>It is executed, and its sender hears of it.</summary>
    Answered,

    /// <summary>It is executed, and its sender does not hear of it.</summary>
    Unanswered,

    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>The node does not take it in, and says so at once.</summary>
    TurnedAway,
}
