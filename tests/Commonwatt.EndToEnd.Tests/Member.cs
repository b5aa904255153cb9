using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Google.Protobuf;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>A member of the community who pays others, a little each time.</summary>
internal sealed class Member(Hash ledgerId, SigningKey key) : IDisposable
{
    public const long OpeningBalance = 100_000_000;

    private readonly TransactionBuilder builder = new(ledgerId, key);

    public Address Address => key.Address;

    public SentTransaction Pay(Address to, long amount)
    {
        var call = new Transfer { To = ByteString.CopyFrom(to.ToArray()), Amount = amount };
        SignedTransaction signed = builder.Build(Instant.From(TimeProvider.System.GetUtcNow()), TransactionBuilder.Call("wallet", "transfer", call));
        return new SentTransaction(signed, to, amount);
    }

    /// <summary>The manager's transaction that makes them members; the founding was his first.</summary>
    public static SignedTransaction Register(Hash ledgerId, SigningKey manager, IEnumerable<Member> members)
    {
        var calls = new List<Commonwatt.Ledger.Wire.Call>();
        foreach (ByteString member in members.Select(member => ByteString.CopyFrom(member.Address.ToArray())))
        {
            calls.Add(TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = member, ConnectionW = 10_000, SharingWeight = 1 }));
            calls.Add(TransactionBuilder.Call("wallet", "deposit", new Deposit { Member = member, Amount = OpeningBalance }));
        }

        var builder = new TransactionBuilder(ledgerId, manager);
        builder.ContinueAfter(1);
        return builder.Build(Instant.From(TimeProvider.System.GetUtcNow()), [.. calls]);
    }

    public void Dispose() => key.Dispose();
}
