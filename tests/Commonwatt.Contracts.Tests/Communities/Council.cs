using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>A community of several validators: its blocks are executed as each of them would; how they agree on a block is not looked at.</summary>
/// <remarks>After each block all money adds up to zero.</remarks>
internal sealed class Council
{
    private readonly Dictionary<string, SigningKey> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<Address, SigningKey> owners = [];
    private readonly Dictionary<string, TransactionBuilder> builders = new(StringComparer.Ordinal);
    private readonly List<SignedBatch> batches = [];
    private readonly List<LedgerEvent> events = [];
    private readonly LedgerGenesis genesis;
    private readonly BlockExecutor executor;
    private ExecutedBlock last;

    /// <summary>A community with these first validators, each with a power of 1, and a manager.</summary>
    public Council(params string[] validators)
    {
        Now = TestCommunity.Today;
        genesis = Genesis("Council", validators);
        executor = new BlockExecutor(genesis, CommunityRules.Catalog, new LedgerState());
        last = executor.ExecuteGenesis();
    }

    public CommunityRules Rules { get; } = new();

    public Instant Now { get; private set; }

    public ulong Height => last.Height;

    public StateReader State => new StateView(last.State);

    /// <summary>The validators of the newest change.</summary>
    public ValidatorSet Newest => SystemTables.NewestValidators(State);

    public Money AccountOf(Address holder) => Rules.Wallet.AccountOf(State, holder).Balance;

    public Address AddressOf(string name) => KeyOf(name).Address;

    public string NameOf(Address address) => keys.First(one => one.Value.Address == address).Key;

    public ByteString BytesOf(string name) => ByteString.CopyFrom(AddressOf(name).ToArray());

    public ByteString PublicKeyOf(string name) => ByteString.CopyFrom(KeyOf(name).PublicKey.Compressed);

    /// <summary>The power of a validator by the newest change; 0 where it is none.</summary>
    public ulong PowerOf(string name) => Newest.Find(AddressOf(name))?.Power ?? 0;

    public IReadOnlyList<T> All<T>()
        where T : IEvent<T> => [.. events.Where(one => one.Is<T>()).Select(one => one.As<T>())];

    /// <summary>A member with money.</summary>
    public Council Joins(string name, decimal deposit)
    {
        ByteString member = BytesOf(name);
        Calls("manager", "registry", "register-member", new RegisterMember { Member = member, ConnectionW = 20_000 }).Accepted();
        Calls("manager", "wallet", "deposit", new Deposit { Member = member, Amount = (long)(deposit * 1_000_000) }).Accepted();
        return this;
    }

    /// <summary>One transaction of one call, in a block of its own.</summary>
    public Reply Calls(string who, string contract, string method, IMessage arguments) => Block(Signed(who, contract, method, arguments))[0];

    public Reply Calls(string who, params Ledger.Wire.Call[] calls) => Block(Signed(who, calls))[0];

    public SignedTransaction Signed(string who, string contract, string method, IMessage arguments) => Signed(who, TransactionBuilder.Call(contract, method, arguments));

    private SignedTransaction Signed(string who, params Ledger.Wire.Call[] calls)
    {
        if (!builders.TryGetValue(who, out TransactionBuilder? builder))
        {
            builder = new TransactionBuilder(genesis.Id, KeyOf(who), withSignatures: false);
            builders.Add(who, builder);
        }

        return builder.Build(Now, calls);
    }

    /// <summary>A block with these transactions.</summary>
    public IReadOnlyList<Reply> Block(params SignedTransaction[] transactions)
    {
        Execute(SystemTables.ValidatorsAt(State, Height + 1).Members[0].Address, transactions);
        return [.. last.Receipts.Skip(last.ScheduledCount).Select(receipt => new Reply(receipt.Outcome, receipt.Events))];
    }

    /// <summary>Goes on by some time; whatever is due on the way happens at its time.</summary>
    public Council After(TimeSpan time)
    {
        Instant end = Now + time;
        while (executor.NextDue() is { } due && due <= end)
        {
            ComeTo(Instant.Max(Now, due));
        }

        ComeTo(end);
        return this;
    }

    /// <summary>What a validator signs when it lies: two blocks of one height.</summary>
    public Equivocation Equivocation(string validator, ulong height = 7, Hash? ledgerId = null) =>
        Ledger.Finality.Equivocation.Of(Vote(validator, height, ledgerId, stateRoot: 1), Vote(validator, height, ledgerId, stateRoot: 2))!;

    public Vote Vote(string validator, ulong height, Hash? ledgerId = null, byte stateRoot = 1) =>
        Ledger.Finality.Vote.Sign(Header(height, ledgerId, stateRoot), KeyOf(validator));

    public Reply Reports(string who, Equivocation evidence) => Calls(who, "governance", "report-equivocation", Report(evidence.ToArray()));

    public static ReportEquivocation Report(byte[] evidence) => new() { Evidence = ByteString.CopyFrom(evidence) };

    /// <summary>A member stakes behind a validator of his own, which is named after him.</summary>
    public Reply Bonds(string who, decimal amount, string? validator = null) =>
        Calls(who, "staking", "bond", new BondStake { Amount = (long)(amount * 1_000_000), ValidatorPublicKey = PublicKeyOf(validator ?? $"{who}-validator") });

    public Reply Unbonds(string who, decimal amount) => Calls(who, "staking", "unbond", new UnbondStake { Amount = (long)(amount * 1_000_000) });

    public Reply SetsValidators(params (string Name, ulong Power)[] validators)
    {
        var call = new SetValidators();
        call.Validators.AddRange(validators.Select(one => new ValidatorPower { PublicKey = PublicKeyOf(one.Name), Power = one.Power }));
        return Calls("manager", "governance", "set-validators", call);
    }

    /// <summary>Another machine executes every block again and comes to the same state.</summary>
    public void ReplaysAlike()
    {
        var again = new BlockExecutor(genesis, CommunityRules.Catalog, new LedgerState());
        ExecutedBlock block = again.ExecuteGenesis();
        foreach (SignedBatch batch in batches)
        {
            Assert.True(again.IsValid(batch, block.Height + 1));
            block = again.Execute(batch, block.Height + 1, block.Time, [.. batch.Transactions.Select(_ => true)]);
        }

        Assert.Equal(last.State.RootHash(), block.State.RootHash());
    }

    private LedgerGenesis Genesis(string name, string[] validators) => LedgerGenesis.Create(
        name,
        Now,
        new ValidatorSet(validators.Select(one => new ValidatorMember(KeyOf(one).PublicKey, Power: 1))),
        CommunityRules.Version,
        [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = BytesOf("manager") })],
        hasSignatures: false);

    private BlockHeader Header(ulong height, Hash? ledgerId, byte stateRoot) => new(
        ledgerId ?? genesis.Id,
        height,
        Hash.Zero,
        Now,
        AddressOf("validator"),
        Hash.Zero,
        Hash.Zero,
        Hash.Of([stateRoot]),
        Hash.Zero,
        TransactionCount: 0,
        ScheduledCount: 0,
        new OrderPlace(0, Next: height),
        Hash.Zero);

    // Block time is the median of the validators' clocks: it comes to a time when those with half the power have said so.
    private void ComeTo(Instant time)
    {
        Now = time;
        do
        {
            foreach (ValidatorMember validator in SystemTables.ValidatorsAt(State, Height + 1).Members)
            {
                if (SystemTables.ValidatorsAt(State, Height + 1).Find(validator.Address) is not null && last.Time < time)
                {
                    Execute(validator.Address);
                }
            }
        }
        while (last.Time < time);

        if (executor.NextDue() <= time)
        {
            Block();
        }
    }

    private void Execute(Address proposer, params SignedTransaction[] transactions)
    {
        ulong number = SystemTables.Proposers.FindOr(State, proposer, default).BatchNumber + 1;
        var batch = SignedBatch.Sign(genesis.Id, number, Now, transactions, owners[proposer]);
        Assert.True(executor.IsValid(batch, Height + 1));
        batches.Add(batch);
        last = executor.Execute(batch, Height + 1, last.Time, [.. transactions.Select(_ => true)]);
        events.AddRange(last.Receipts.SelectMany(receipt => receipt.Events));
        Assert.All(last.Receipts.Take(last.ScheduledCount), receipt => Assert.True(receipt.Outcome.IsDone, receipt.Outcome.ToString()));
        Int128 sum = 0;
        foreach ((_, Account account) in Rules.Wallet.Accounts(State))
        {
            sum += account.Balance.Micros;
        }

        Assert.Equal(0, sum);
        Assert.Equal(Staked(), AccountOf(CommunityAccounts.Stakes));
    }

    // What is staked and what waits to be given back.
    private Money Staked()
    {
        Money sum = Money.Zero;
        foreach (Address member in owners.Keys)
        {
            sum += Rules.Staking.StakeOf(State, member)?.Total ?? Money.Zero;
            sum = Rules.Staking.LeavingOf(State, member).Aggregate(sum, (part, leaving) => part + leaving.Value.Amount);
        }

        return sum;
    }

    private SigningKey KeyOf(string name)
    {
        if (!keys.TryGetValue(name, out SigningKey? key))
        {
            key = SigningKey.FromSeed(name);
            keys.Add(name, key);
            owners.Add(key.Address, key);
        }

        return key;
    }
}
