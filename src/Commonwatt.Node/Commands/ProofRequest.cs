using System.Globalization;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Node.Commands;

/// <summary>What is to be proved, and the proof once the blocks have been looked through.</summary>
internal sealed class ProofRequest
{
    private readonly Action<VerifiedBlock> look;
    private readonly Func<LedgerProof?> found;
    private readonly Func<string> missing;
    private readonly ulong? at;
    private string? eventName;
    private ulong tip;

    private ProofRequest(string fileName, ulong? at, Action<VerifiedBlock> look, Func<LedgerProof?> found, Func<string> missing)
    {
        FileName = fileName;
        this.at = at;
        this.look = look;
        this.found = found;
        this.missing = missing;
    }

    /// <summary>Where the proof goes if nothing else is said.</summary>
    public string FileName { get; }

    /// <summary>Looks through the next block; at a height that was named, through that one alone.</summary>
    public void Look(VerifiedBlock block)
    {
        tip = block.Executed.Height;
        if (at is null || at == tip)
        {
            look(block);
        }
    }

    /// <summary>The proof.</summary>
    /// <param name="path">The ledger file, for the message.</param>
    /// <exception cref="InvalidDataException">The ledger does not hold what was asked for; the message says what it does hold.</exception>
    public LedgerProof Found(string path)
    {
        if (at > tip)
        {
            throw new InvalidDataException($"--at: {path} has no block {at}, its newest is {tip}.");
        }

        return found() ?? throw new InvalidDataException($"{(at is null ? $"No block of {path} holds" : $"Block {at} of {path} does not hold")} {missing()}");
    }

    /// <summary>Which of a proof's events was asked for, as <c>check-proof --event</c> takes it; or null where none was. A receipt may hold several of a name: then it is the last.</summary>
    public string? EventIn(LedgerProof proof)
    {
        if (eventName is null || proof is not ReceiptProof { Receipt.Events: var events })
        {
            return null;
        }

        int[] places = [.. Enumerable.Range(0, events.Count).Where(place => events[place].Name == eventName)];
        return places.Length == 1 ? eventName : (places[^1] + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A transaction and what became of it.</summary>
    public static ProofRequest OfTransaction(string transaction, ulong? at)
    {
        if (!Hash.TryParse(transaction, out Hash id))
        {
            throw new InvalidDataException($"TXID: '{transaction}' is no transaction's id: that has 64 hexadecimal digits.");
        }

        var search = new TransactionSearch(id);
        return new ProofRequest(
            $"{id.ToString()[..16]}.proof", at, search.Look, () => search.Found, () => $"the transaction {id}: see that the id is whole and that this is its ledger.");
    }

    /// <summary>The newest receipt with an event of a name.</summary>
    public static ProofRequest OfEvent(string name, ulong? at)
    {
        var search = new ReceiptSearch(name);
        string safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_').Take(64));
        return new ProofRequest(
            $"event-{safe}.proof",
            at,
            search.Look,
            () => search.Found,
            () => $"a receipt with the event '{name}': {(search.Names.Count == 0 ? "there is no event at all" : $"there are {string.Join(", ", search.Names)}")}.") { eventName = name };
    }

    /// <summary>A receipt by its place in a block.</summary>
    public static ProofRequest OfReceipt(long place, ulong? at)
    {
        if (at is null)
        {
            throw new InvalidDataException("--receipt counts the receipts of one block: name the block with --at HEIGHT.");
        }

        VerifiedBlock? block = null;
        int Count() => block!.Executed.Receipts.Count;
        return new ProofRequest(
            string.Create(CultureInfo.InvariantCulture, $"receipt-{at}-{place}.proof"),
            at,
            one => block = one,
            () => place >= 0 && place < Count() ? ReceiptProof.Of(block!, (int)place) : null,
            () => $"a receipt {place}: it has {Count()}, counted from 0.");
    }

    /// <summary>What an address holds.</summary>
    public static ProofRequest OfAccount(string account, ulong? at) => Address.TryParse(account, out Address address)
        ? OfEntry($"{account[..18]}.proof", AccountEntry.KeyOf(address), at)
        : throw new InvalidDataException($"--account: '{account}' is no address: that is 'cw' and 48 hexadecimal digits, the last 8 of which are a checksum.");

    /// <summary>An entry of the state, or its absence.</summary>
    public static ProofRequest OfState(string state, ulong? at)
    {
        if (state.Length % 2 != 0 || !state.All(char.IsAsciiHexDigit))
        {
            throw new InvalidDataException($"--state: '{state}' is no key: write its bytes as hexadecimal digits, two each.");
        }

        byte[] key = Convert.FromHexString(state);
        return StateProof.FaultOf(key) is { } fault
            ? throw new InvalidDataException($"--state: {fault}")
            : OfEntry($"state-{Hash.Of(key).ToString()[..16]}.proof", key, at);
    }

    private static ProofRequest OfEntry(string fileName, byte[] key, ulong? at)
    {
        VerifiedBlock? newest = null;
        return new ProofRequest(fileName, at, block => newest = block, () => newest is null ? null : StateProof.Of(newest, key), () => "a state.");
    }
}
