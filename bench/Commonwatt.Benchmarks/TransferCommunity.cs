using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Benchmarks;

/// <summary>Members who pay each other, on a ledger to be measured.</summary>
internal sealed class TransferCommunity : IDisposable
{
    private const long Deposited = 1_000_000_000;
    private const int CallsInTransaction = 100;

    private readonly SigningKey manager = SigningKey.FromSeed("bench/manager");
    private readonly SigningKey[] members;
    private readonly Instant now = Instant.From(TimeProvider.System.GetUtcNow());

    private readonly TransactionBuilder[] senders;

    public TransferCommunity(int count, int validators = 1)
    {
        Validators = [.. Enumerable.Range(0, validators).Select(index => SigningKey.FromSeed($"bench/validator/{index}"))];
        members = [.. Enumerable.Range(0, count).Select(index => SigningKey.FromSeed($"bench/member/{index}"))];
        Genesis = LedgerGenesis.Create(
            "bench",
            now,
            new ValidatorSet(Validators.Select(key => new ValidatorMember(key.PublicKey, Power: 1))),
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = Bytes(manager) })]);
        senders = Array.ConvertAll(members, member => new TransactionBuilder(Genesis.Id, member));
    }

    /// <summary>The keys of the validators.</summary>
    public IReadOnlyList<SigningKey> Validators { get; }

    /// <summary>The key of the first validator.</summary>
    public SigningKey Validator => Validators[0];

    /// <summary>The time at which it begins.</summary>
    public Instant Start => now;

    /// <summary>The ledger.</summary>
    public LedgerGenesis Genesis { get; }

    /// <summary>Registers the members and books their deposits.</summary>
    public void Found(LedgerNode node)
    {
        foreach (SignedTransaction founding in Foundation())
        {
            node.Submit(founding);
            while (node.Propose())
            {
                node.Advance();
            }
        }
    }

    /// <summary>What registers the members and books their deposits.</summary>
    public IEnumerable<SignedTransaction> Foundation()
    {
        var sender = new TransactionBuilder(Genesis.Id, manager);
        return members.SelectMany(Join).Chunk(CallsInTransaction).Select(calls => sender.Build(now, calls));
    }

    /// <summary>Signs further transfers: each member in turn pays his neighbour a cent.</summary>
    /// <returns>Encoded transactions.</returns>
    public IReadOnlyList<byte[]> Sign(int count)
    {
        byte[][] signed = new byte[count][];
        Parallel.For(0, senders.Length, sender =>
        {
            var payment = new Transfer { To = Bytes(members[(sender + 1) % members.Length]), Amount = 10_000 };
            for (int index = sender; index < count; index += senders.Length)
            {
                signed[index] = senders[sender].Build(now, TransactionBuilder.Call("wallet", "transfer", payment)).Bytes.ToArray();
            }
        });
        return signed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        manager.Dispose();
        foreach (SigningKey key in Validators.Concat(members))
        {
            key.Dispose();
        }
    }

    private static IEnumerable<Call> Join(SigningKey member)
    {
        yield return TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = Bytes(member), ConnectionW = 10_000 });
        yield return TransactionBuilder.Call("wallet", "deposit", new Deposit { Member = Bytes(member), Amount = Deposited });
    }

    private static ByteString Bytes(SigningKey key) => ByteString.CopyFrom(key.Address.ToArray());
}
