using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Trial;
using Google.Protobuf;
using Wire = Commonwatt.Ledger.Wire;

namespace Commonwatt.Node.Tests.Federation;

public sealed class RememberedTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly TrialFolder folder;

    public RememberedTests() => folder = TrialFolder.Open(scratch.File("trial"), validators: 1, followers: 0, TimeProvider.System);

    [Fact]
    public void What_a_block_holds_under_a_wrong_signature_is_not_taken_for_executed_after_a_start()
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        SignedTransaction right = folder.Founding(now);
        Execute(now, Forged(right));

        using LedgerHost host = Opened();

        Assert.Equal(1UL, host.Status.ExecutedHeight);
        Assert.Null(host.Find(right.Id));
    }

    [Fact]
    public void The_block_that_is_told_of_after_a_start_is_the_one_with_the_right_signature()
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        SignedTransaction right = folder.Founding(now);
        Execute(now, Forged(right), right);

        using LedgerHost host = Opened();

        Assert.Equal(2UL, host.Status.ExecutedHeight);
        Assert.Equal(2UL, host.Find(right.Id)!.Height);
    }

    public void Dispose() => scratch.Dispose();

    // Each in a block of its own, as a validator would publish them that checks nothing.
    private void Execute(Instant now, params SignedTransaction[] transactions)
    {
        using SigningKey key = KeyFile.Read(folder.KeyOf(folder.Nodes[0])!);
        var disk = new FolderDisk(Directory.CreateDirectory(scratch.File("node")).FullName);
        using var orderer = LocalOrderer.Open(disk);
        ulong number = 1;
        foreach (SignedTransaction transaction in transactions)
        {
            orderer.Publish(SignedBatch.Sign(folder.Genesis.Id, number++, now, [transaction], key));
        }

        using LedgerNode node = LedgerNode.Open(Settings(disk, orderer, key));
        node.Drain();
    }

    private LedgerHost Opened()
    {
        var disk = new FolderDisk(scratch.File("node"));
        SigningKey key = KeyFile.Read(folder.KeyOf(folder.Nodes[0])!);
        var host = new LedgerHost(new HostSettings
        {
            Node = Settings(disk, new NoOrder(), key),
            Connect = () =>
            {
                var orderer = LocalOrderer.Open(disk);
                return new FederationLink(orderer, Votes: null, orderer.Dispose);
            },
            Folder = scratch.File("node"),
            Log = _ => { },
        });
        host.Open();
        return host;
    }

    private NodeSettings Settings(FolderDisk disk, IOrderer orderer, SigningKey key) => new()
    {
        Genesis = folder.Genesis,
        Catalog = CommunityRules.Catalog,
        Key = key,
        Disk = disk,
        Orderer = orderer,
        Clock = TimeProvider.System,
    };

    private SignedTransaction Forged(SignedTransaction transaction)
    {
        using var stranger = SigningKey.FromSeed("stranger");
        SignedTransaction other = new TransactionBuilder(folder.Genesis.Id, stranger).Build(
            Instant.From(TimeProvider.System.GetUtcNow()), TransactionBuilder.Call("wallet", "transfer", new Transfer { Amount = 1 }));
        Wire.Transaction message = Wire.Transaction.Parser.ParseFrom(transaction.Bytes.Span);
        message.Signature = ByteString.CopyFrom(other.Signature.Span);
        return SignedTransaction.Decode(message.ToByteArray());
    }
}
