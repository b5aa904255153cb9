using Commonwatt.Contracts;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Commonwatt.Node.Configuration;
using Google.Protobuf;

namespace Commonwatt.Node.Trial;

/// <summary>The folder of a trial federation: keys, the genesis of a small made-up community, and a folder for each node.</summary>
internal sealed class TrialFolder
{
    private const long OpeningBalance = 100_000_000;
    private const long ConnectionWatts = 20_000;

    private static readonly string[] Names = ["anna", "bela", "chris"];

    private TrialFolder(string path, int validators, int followers)
    {
        Path = path;
        Validators = validators;
        Followers = followers;
        Genesis = LedgerGenesis.Decode(File.ReadAllBytes(GenesisFile));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>How many validators there are.</summary>
    public int Validators { get; }

    /// <summary>How many followers.</summary>
    public int Followers { get; }

    /// <summary>What the ledger begins with.</summary>
    public LedgerGenesis Genesis { get; }

    /// <summary>The file with the encoded genesis.</summary>
    public string GenesisFile => GenesisIn(Path);

    /// <summary>The names of all nodes: first the validators, then the followers.</summary>
    public IReadOnlyList<string> Nodes =>
        [.. Enumerable.Range(1, Validators).Select(number => $"validator-{number}"), .. Enumerable.Range(1, Followers).Select(number => $"follower-{number}")];

    /// <summary>Opens the folder of an earlier trial, or makes a new one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="validators">How many validators; an earlier trial must have as many.</param>
    /// <param name="followers">How many followers.</param>
    /// <param name="clock">The clock, for the time of the genesis.</param>
    /// <exception cref="InvalidDataException">The folder holds another trial, or something else.</exception>
    public static TrialFolder Open(string path, int validators, int followers, TimeProvider clock)
    {
        string whole = System.IO.Path.GetFullPath(path);
        if (!File.Exists(GenesisIn(whole)))
        {
            if (Directory.Exists(whole) && Directory.EnumerateFileSystemEntries(whole).Any())
            {
                throw new InvalidDataException($"'{path}' holds something else than a trial federation: name another folder with --folder.");
            }

            Found(whole, validators, clock);
        }

        var folder = new TrialFolder(whole, validators, followers);
        int found = folder.Genesis.Validators.Members.Count;
        return found == validators
            ? folder
            : throw new InvalidDataException($"The federation in '{path}' has {found} validators, not {validators}: say --validators {found}, or --fresh to begin anew.");
    }

    /// <summary>Deletes an earlier trial; a folder that holds none is left alone.</summary>
    public static void Erase(string path)
    {
        if (File.Exists(GenesisIn(path)))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>A node's own folder.</summary>
    public string FolderOf(string node) => System.IO.Path.Combine(Path, node);

    /// <summary>A validator's key file; null for a follower.</summary>
    public string? KeyOf(string node) => File.Exists(KeyIn(Path, node)) ? KeyIn(Path, node) : null;

    /// <summary>Whether a node's key never signed, as far as is known outside of the node's own folder.</summary>
    public bool IsKeyNew(string node) => KeyOf(node) is not null && !File.Exists(UsedKeyIn(Path, node));

    /// <summary>Notes which validators have signed by now: one whose folder is lost afterwards does not start again under its key.</summary>
    public void NoteUsedKeys()
    {
        foreach (string node in Nodes.Where(node => IsKeyNew(node) && File.Exists(System.IO.Path.Combine(FolderOf(node), "votes.log"))))
        {
            File.WriteAllText(UsedKeyIn(Path, node), "The key of this validator has signed.\n");
        }
    }

    /// <summary>The key file and the address of each member.</summary>
    public IEnumerable<(string KeyFile, Address Address)> Members()
    {
        foreach (string file in Names.Select(name => MemberKeyIn(Path, name)))
        {
            using SigningKey key = KeyFile.Read(file);
            yield return (file, key.Address);
        }
    }

    /// <summary>The manager's transaction that registers the members and books what they paid in. It is the manager's first, and counts once.</summary>
    public SignedTransaction Founding(Instant now)
    {
        using SigningKey manager = KeyFile.Read(ManagerKeyIn(Path));
        var calls = new List<Call>();
        foreach ((_, Address address) in Members())
        {
            var member = ByteString.CopyFrom(address.ToArray());
            calls.Add(TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = member, ConnectionW = ConnectionWatts, SharingWeight = 1 }));
            calls.Add(TransactionBuilder.Call("wallet", "deposit", new Deposit { Member = member, Amount = OpeningBalance }));
        }

        return new TransactionBuilder(Genesis.Id, manager).Build(now, [.. calls]);
    }

    private static void Found(string path, int validators, TimeProvider clock)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(path, "members"));
        using SigningKey manager = KeyFile.Make(ManagerKeyIn(path));
        foreach (string name in Names)
        {
            KeyFile.Make(MemberKeyIn(path, name)).Dispose();
        }

        var members = new List<ValidatorMember>();
        for (int number = 1; number <= validators; number++)
        {
            Directory.CreateDirectory(System.IO.Path.Combine(path, $"validator-{number}"));
            using SigningKey key = KeyFile.Make(KeyIn(path, $"validator-{number}"));
            members.Add(new ValidatorMember(key.PublicKey, Power: 1));
        }

        var genesis = LedgerGenesis.Create(
            "trial",
            Instant.From(clock.GetUtcNow()),
            new ValidatorSet(members),
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", new SetUp { Manager = ByteString.CopyFrom(manager.Address.ToArray()) })]);
        File.WriteAllText(System.IO.Path.Combine(path, "community.validators"), new TrustedValidators(genesis.Id, genesis.Validators).ToText());
        // The genesis comes last: without it, nothing was founded.
        File.WriteAllBytes(GenesisIn(path), genesis.Bytes.ToArray());
    }

    private static string GenesisIn(string path) => System.IO.Path.Combine(path, "community.genesis");

    private static string KeyIn(string path, string node) => System.IO.Path.Combine(path, node, "validator.pem");

    private static string UsedKeyIn(string path, string node) => System.IO.Path.Combine(path, $"{node}.has-signed");

    private static string ManagerKeyIn(string path) => System.IO.Path.Combine(path, "manager.pem");

    private static string MemberKeyIn(string path, string name) => System.IO.Path.Combine(path, "members", $"{name}.pem");
}
