namespace Commonwatt.Ledger.Tests.Documentation;

/// <summary>docs/ledger.md is the specification others build on: what it shows must be what the code does.</summary>
public class LedgerDocumentTests
{
    private static readonly Dictionary<string, string> Shown = Read();

    // ECDSA draws a random number for each signature: what the document shows is checked, not computed.
    private static readonly string[] Signatures = ["transaction-signature", "proved-header-signature"];

    private static IEnumerable<(string Name, string Value)> Examples => [.. LedgerExamples.All(), .. Proofs.All()];

    private static ProofExamples Proofs => new(Convert.FromHexString(Shown[Signatures[0]]), Convert.FromHexString(Shown[Signatures[1]]));

    [Fact]
    public void Every_worked_example_of_the_document_is_what_the_code_computes()
    {
        foreach ((string name, string value) in Examples)
        {
            Assert.True(Shown.TryGetValue(name, out string? shown), $"docs/ledger.md lacks the example '{name}': {value}");
            Assert.True(shown == value, $"docs/ledger.md shows for '{name}': {shown}; the code gives: {value}");
        }
    }

    [Fact]
    public void Every_example_of_the_document_is_checked() =>
        Assert.Equal(
            Shown.Keys.Order(StringComparer.Ordinal),
            Examples.Select(one => one.Name).Concat(Signatures).Order(StringComparer.Ordinal));

    [Fact]
    public void The_signature_of_the_document_is_valid()
    {
        byte[] signature = Convert.FromHexString(Shown["transaction-signature"]);
        PublicKey key = PublicKey.FromCompressed(Convert.FromHexString(Shown["public-key"]));
        Assert.True(key.Verify(Hash.Of("commonwatt/tx/1", LedgerExamples.Body()), signature));
    }

    [Fact]
    public void The_proofs_of_the_document_are_right()
    {
        var transaction = Assert.IsType<TransactionProof>(ProofFile.Decode(Convert.FromHexString(Shown["proof-of-transaction"])));
        var absence = Assert.IsType<StateProof>(ProofFile.Decode(Convert.FromHexString(Shown["proof-of-absence"])));
        var receipt = Assert.IsType<ReceiptProof>(ProofFile.Decode(Convert.FromHexString(Shown["proof-of-receipt"])));
        Assert.Null(receipt.Check(LedgerExamples.OneValidator, LedgerExamples.LedgerId));
        Assert.Null(transaction.Check(LedgerExamples.OneValidator, LedgerExamples.LedgerId));
        Assert.Null(absence.Check(LedgerExamples.OneValidator, LedgerExamples.LedgerId));
        Assert.Equal(Shown["transaction-id"], transaction.Transaction.Id.ToString());
        Assert.True(transaction.Receipt.Outcome.IsDone);
        Assert.False(absence.IsPresent);
    }

    [Fact]
    public void The_file_of_headers_of_the_document_is_followed_from_the_ledgers_id()
    {
        using var file = new MemoryStream(Convert.FromHexString(Shown["headers-file"]));
        HeaderFollower followed = HeaderFollower.Follow(file, LedgerExamples.LedgerId, threads: 1);
        Assert.Null(followed.Fault);
        Assert.Equal(2ul, followed.Client!.Newest!.Height);
    }

    [Fact]
    public void The_file_of_validators_of_the_document_is_the_examples()
    {
        string text = new TrustedValidators(LedgerExamples.LedgerId, LedgerExamples.OneValidator, Height: 2).ToText();
        Assert.Contains($"```\n{text}```", File.ReadAllText(DocumentPath()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_of_the_document_are_those_of_the_code()
    {
        string text = File.ReadAllText(DocumentPath());
        string[] limits =
        [
            $"| bytes of a transaction | {TransactionLimits.Bytes} |",
            $"| calls of a transaction | {TransactionLimits.Calls} |",
            $"| reads and writes of state by a transaction | {TransactionLimits.StateAccesses} |",
            $"| reads and writes of state by the transactions of a block, after which none begins | {TransactionLimits.BlockStateAccesses} |",
            $"| reads and writes of state by one sender's transactions in a block, after which none of his begins | {TransactionLimits.SenderStateAccesses} |",
            $"| reads and writes of state by a scheduled call | {TransactionLimits.ScheduledStateAccesses} |",
            $"| reads and writes that a verification of a signature by a contract counts as, and the reading of a key | {TransactionLimits.AccessesPerSignature} |",
            $"| bytes of a value that count as one more read or write | {TransactionLimits.BytesPerAccess} |",
            $"| scheduled calls in a block | {TransactionLimits.ScheduledCalls} |",
            $"| bytes of a batch | {SignedBatch.MostBytes} |",
            $"| bytes of a state key | {KeyPosition.LongestKey} |",
            $"| bytes of a record in a log file | {RecordFrame.MostBytes} |",
            $"| characters of a refusal's code | {Outcome.LongestCode} |",
            $"| characters of a refusal's sentence | {Outcome.LongestSentence} |",
            $"| bytes of a proof file | {ProofFile.MostBytes} |",
            $"| bytes of a step in a file of headers | {HeaderFile.MostStepBytes} |",
            $"| bytes of the genesis in a file of headers | {HeaderFile.MostGenesisBytes} |",
            $"| hashes of a path in a tree | {ProofFile.LongestTreePath} |",
            $"| branches of a path in the state | {StateProof.LongestPath} |",
            $"| bytes of a header | {BlockHeader.Size} |",
        ];
        Assert.All(limits, limit => Assert.Contains(limit, text, StringComparison.Ordinal));
    }

    // An example stands in a fenced block marked "example": its name, a colon, its value, which may go on in indented lines.
    private static Dictionary<string, string> Read()
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        bool isInside = false;
        foreach (string line in File.ReadLines(DocumentPath()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = line == "```example";
                name = null;
            }
            else if (isInside && line.Split(": ") is [var first, var value])
            {
                name = first;
                shown.Add(name, value);
            }
            else if (isInside && name is not null)
            {
                shown[name] += line.Trim();
            }
        }

        return shown;
    }

    private static string DocumentPath()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Commonwatt.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new InvalidOperationException("The tests do not run in the repository."), "docs", "ledger.md");
    }
}
