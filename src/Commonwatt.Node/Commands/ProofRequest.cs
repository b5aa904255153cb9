using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Node.Commands;

/// <summary>What is to be proved, and the proof once the blocks have been looked through.</summary>
internal sealed class ProofRequest
{
    private readonly TransactionSearch? search;
    private readonly byte[]? key;
    private VerifiedBlock? newest;

    private ProofRequest(string fileName, TransactionSearch? search, byte[]? key)
    {
        FileName = fileName;
        this.search = search;
        this.key = key;
    }

    /// <summary>Where the proof goes if nothing else is said.</summary>
    public string FileName { get; }

    /// <summary>The proof, or null where no block holds the transaction.</summary>
    public LedgerProof? Found => search is not null ? search.Found : newest is null ? null : StateProof.Of(newest, key);

    /// <summary>Looks through the next block.</summary>
    public void Look(VerifiedBlock block)
    {
        search?.Look(block);
        newest = block;
    }

    /// <summary>Reads what the command line asks for: exactly one of the three.</summary>
    /// <exception cref="InvalidDataException">It asks for none, for several, or for something that is none; the message says which.</exception>
    public static ProofRequest Read(string? transaction, string? state, string? account) => (transaction, state, account) switch
    {
        (not null, null, null) => Hash.TryParse(transaction, out Hash id)
            ? new ProofRequest($"{id.ToString()[..16]}.proof", new TransactionSearch(id), key: null)
            : throw new InvalidDataException($"TXID: '{transaction}' is no transaction's id: that has 64 hexadecimal digits."),
        (null, not null, null) => OfKey(state),
        (null, null, not null) => Address.TryParse(account, out Address address)
            ? new ProofRequest($"{account[..18]}.proof", search: null, AccountEntry.KeyOf(address))
            : throw new InvalidDataException($"--account: '{account}' is no address: that is 'cw' and 48 hexadecimal digits, the last 8 of which are a checksum."),
        _ => throw new InvalidDataException("Name one thing to prove: a transaction's id, --account with an address, or --state with a key."),
    };

    private static ProofRequest OfKey(string state)
    {
        if (state.Length % 2 != 0 || !state.All(char.IsAsciiHexDigit))
        {
            throw new InvalidDataException($"--state: '{state}' is no key: write its bytes as hexadecimal digits, two each.");
        }

        byte[] key = Convert.FromHexString(state);
        return StateProof.FaultOf(key) is { } fault
            ? throw new InvalidDataException($"--state: {fault}")
            : new ProofRequest($"state-{Hash.Of(key).ToString()[..16]}.proof", search: null, key);
    }
}
