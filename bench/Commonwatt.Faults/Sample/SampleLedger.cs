using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Commonwatt.Faults.Sample;

/// <summary>A small ledger of two members and the token, as the tests need it again and again.</summary>
internal static class SampleLedger
{
    /// <summary>2024-06-01T12:00:00Z.</summary>
    public static readonly Instant Start = new(1_717_243_200_000);

    public static SigningKey Proposer { get; } = SigningKey.FromSeed("validator");

    public static SigningKey Alice { get; } = SigningKey.FromSeed("alice");

    public static SigningKey Bob { get; } = SigningKey.FromSeed("bob");

    public static SigningKey Stranger { get; } = SigningKey.FromSeed("stranger");

    public static TokenContract Token { get; } = new();

    public static ReminderContract Reminder { get; } = new();

    /// <summary>Versions 1 and 2 of the rules; without the second, an old build.</summary>
    public static ContractCatalog Catalog(bool isOld = false)
    {
        var first = new ContractSet(1, [Token, Reminder, new GovernorContract()], MaySend);
        var second = new ContractSet(2, [Token, Reminder, new GovernorContract(), new NoveltyContract()], MaySend);
        return isOld ? new ContractCatalog(first) : new ContractCatalog(first, second);
    }

    /// <summary>A ledger on which both members start with 1,000 units.</summary>
    public static LedgerGenesis Genesis(bool hasSignatures = true, params SigningKey[] validators) =>
        Genesis(Validators([.. validators.Length == 0 ? [Proposer] : validators]), hasSignatures);

    /// <summary>A ledger with these validators on which both members start with 1,000 units.</summary>
    public static LedgerGenesis Genesis(ValidatorSet validators, bool hasSignatures) => LedgerGenesis.Create(
        "sample",
        Start,
        validators,
        rules: 1,
        [Issue(Alice, 1000), Issue(Bob, 1000)],
        hasSignatures);

    public static ValidatorSet Validators(params SigningKey[] keys) => new(keys.Select(key => new ValidatorMember(key.PublicKey, 1)));

    public static TransactionBuilder Builder(LedgerGenesis genesis, SigningKey sender) => new(genesis.Id, sender, genesis.HasSignatures);

    public static Call Transfer(SigningKey to, long units) => TransactionBuilder.Call("token", "transfer", new Payment(to.Address, units).ToArguments());

    public static Call TakeNote(string words) => Words("token", "note", words);

    public static Call Words(string contract, string method, string words) => TransactionBuilder.Call(contract, method, new StringValue { Value = words });

    public static Call Units(string method, long units) => TransactionBuilder.Call("token", method, new Int64Value { Value = units });

    public static Call Remind(Instant at, string words, string? then = null) =>
        TransactionBuilder.Call("reminder", "remind", ReminderContract.At(at, words, then));

    public static Call SetValidators(params SigningKey[] keys) => SetValidators(Validators(keys));

    public static Call SetValidators(ValidatorSet validators) => TransactionBuilder.Call(
        "governor", "set-validators", new BytesValue { Value = ByteString.CopyFrom(CanonicalWriter.Encode(validators)) });

    public static Call SetRules(ulong height) => TransactionBuilder.Call("governor", "set-rules", new UInt64Value { Value = height });

    private static bool MaySend(StateReader state, Address sender) => Token.BalanceOf(state, sender) != default || sender == Proposer.Address;

    private static Call Issue(SigningKey to, long units) => TransactionBuilder.Call("token", "issue", new Payment(to.Address, units).ToArguments());
}
