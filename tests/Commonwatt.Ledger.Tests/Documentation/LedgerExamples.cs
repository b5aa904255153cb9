using Google.Protobuf;

namespace Commonwatt.Ledger.Tests.Documentation;

/// <summary>The worked examples of docs/ledger.md, computed.</summary>
internal static class LedgerExamples
{
    private static readonly Instant Noon = new(1_717_243_200_000);
    private static readonly SigningKey Alice = SigningKey.FromSeed("alice");
    private static readonly ValidatorSet Validators = new([new ValidatorMember(Alice.PublicKey, 1)]);
    private static readonly LedgerGenesis Genesis = LedgerGenesis.Create("example", Noon, Validators, rules: 1, []);

    /// <summary>The receipt of the example transaction where it was done.</summary>
    public static Receipt Done { get; } = new(CallOrigin.Transaction, Hash.Of(Body()), Outcome.Done, [new LedgerEvent("token.paid", new byte[] { 1, 2 })]);

    /// <summary>Its receipt where it was refused.</summary>
    public static Receipt Refused { get; } = new(CallOrigin.Transaction, Hash.Of(Body()), Outcome.Refused("expired", "Too late."), []);

    /// <summary>The id of the example ledger.</summary>
    public static Hash LedgerId => Genesis.Id;

    /// <summary>Its genesis.</summary>
    public static LedgerGenesis Ledger => Genesis;

    /// <summary>Its one validator: alice.</summary>
    public static ValidatorSet OneValidator => Validators;

    /// <summary>Names and hexadecimal values (an address as it is printed), in the order of the document.</summary>
    public static IEnumerable<(string Name, string Value)> All() =>
        [.. Keys(), .. Messages(), .. Trees(), .. States(), .. Blocks(), .. Files()];

    /// <summary>The example transaction's body, which the document's example signature is over.</summary>
    public static byte[] Body() => new TransactionBody
    {
        LedgerId = ByteString.CopyFrom(Genesis.Id.ToArray()),
        Sender = ByteString.CopyFrom(Alice.Address.ToArray()),
        Nonce = 1,
        ExpiresAtMs = (ulong)(Noon + TimeSpan.FromHours(12)).UnixMilliseconds,
        Calls = { new Call { Contract = "token", Method = "transfer", Arguments = ByteString.CopyFrom(1, 2) } },
    }.ToByteArray();

    /// <summary>The example header.</summary>
    public static BlockHeader Header() => new(
        Genesis.Id,
        Height: 1,
        Hash.Zero,
        Noon + TimeSpan.FromSeconds(1),
        Alice.Address,
        MerkleTree.EmptyRoot,
        MerkleTree.Root([MerkleTree.LeafHash(CanonicalWriter.Encode(Done))]),
        State().RootHash(),
        Validators.SetHash(),
        TransactionCount: 0,
        ScheduledCount: 1,
        new OrderPlace(0, Next: 5),
        Hash.Of("content of block 1"u8));

    private static IEnumerable<(string Name, string Value)> Keys()
    {
        yield return ("private-key", Hash.Of("commonwatt/seed/0", "alice"u8).ToString());
        yield return ("public-key", Alice.PublicKey.ToString());
        yield return ("address-bytes", Hex(Alice.Address.ToArray()));
        yield return ("address", Alice.Address.ToString());
        yield return ("contract-address", Address.OfName("contract/token").ToString());
    }

    private static IEnumerable<(string Name, string Value)> Messages()
    {
        yield return ("genesis", Hex(Genesis.Bytes.Span));
        yield return ("ledger-id", Genesis.Id.ToString());
        yield return ("transaction-body", Hex(Body()));
        yield return ("transaction-id", Hash.Of(Body()).ToString());
        yield return ("transaction-digest", Hash.Of("commonwatt/tx/1", Body()).ToString());
    }

    private static IEnumerable<(string Name, string Value)> Trees()
    {
        Hash[] leaves = [.. new byte[][] { [1], [2], [3] }.Select(leaf => MerkleTree.LeafHash(leaf))];
        yield return ("tree-leaf-01", leaves[0].ToString());
        yield return ("tree-root-01-02", MerkleTree.Root(leaves[..2]).ToString());
        yield return ("tree-root-01-02-03", MerkleTree.Root(leaves).ToString());
    }

    private static IEnumerable<(string Name, string Value)> States()
    {
        byte[] nonces = SystemTables.Nonces.StateKey(Alice.Address);
        byte[] rules = SystemTables.Rules.StateKey(new Commonwatt.Ledger.Execution.Count(0));
        byte[] one = CanonicalWriter.Encode(new Commonwatt.Ledger.Execution.Count(1));
        MerkleMapVersion state = State();
        yield return ("nonce-key", Hex(nonces));
        yield return ("nonce-value", Hex(one));
        yield return ("rules-key", Hex(rules));
        yield return ("rules-value", Hex(one));
        yield return ("nonce-leaf", MapHash.OfLeaf(nonces, one).ToString());
        yield return ("rules-leaf", MapHash.OfLeaf(rules, one).ToString());
        yield return ("branch-position", KeyPosition.FirstDifference(nonces, rules).ToString("x4"));
        yield return ("state-root", state.RootHash().ToString());
    }

    /// <summary>The example state: alice's last nonce and the rules.</summary>
    public static MerkleMapVersion State()
    {
        var map = new MerkleMap();
        byte[] one = CanonicalWriter.Encode(new Commonwatt.Ledger.Execution.Count(1));
        map.Put(MapLeaf.Of(SystemTables.Nonces.StateKey(Alice.Address), one));
        map.Put(MapLeaf.Of(SystemTables.Rules.StateKey(new Commonwatt.Ledger.Execution.Count(0)), one));
        return map.Freeze();
    }

    private static IEnumerable<(string Name, string Value)> Blocks()
    {
        BlockHeader header = Header();
        yield return ("receipt-done", Hex(CanonicalWriter.Encode(Done)));
        yield return ("receipt-refused", Hex(CanonicalWriter.Encode(Refused)));
        yield return ("validator-set", Hex(CanonicalWriter.Encode(Validators)));
        yield return ("validators-hash", Validators.SetHash().ToString());
        yield return ("header", Hex(CanonicalWriter.Encode(header)));
        yield return ("header-hash", header.HeaderHash().ToString());
        yield return ("header-digest", header.SigningDigest().ToString());
    }

    private static IEnumerable<(string Name, string Value)> Files()
    {
        var disk = new MemoryDisk();
        using RecordLog log = RecordLog.Open(disk, "example");
        log.Append("hello"u8);
        log.Append("there"u8);
        using IDiskFile file = disk.Open("example");
        byte[] bytes = new byte[file.Length];
        file.Read(0, bytes);
        yield return ("log-file", Hex(bytes));
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
