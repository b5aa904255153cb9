using Commonwatt.Ledger.Execution;

namespace Commonwatt.Contracts.Tests;

public sealed class DocumentationTests
{
    // These are the ledger's own, and stand in docs/ledger.md.
    private static readonly string[] OfTheLedger = ["no-such-contract", "no-such-method"];

    [Fact]
    public void Every_event_has_its_layout_in_the_documentation()
    {
        string[] names =
        [
            .. typeof(CommunityRules).Assembly.GetTypes()
                .Where(type => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEvent<>)))
                .Select(type => (string)type.GetProperty("Name")!.GetValue(null)!),
        ];
        Assert.Equal(24, names.Length);
        string text = Text();
        Assert.All(names, name => Assert.Contains($"| `{name}` |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_of_a_refusal_is_in_the_documentation()
    {
        string text = Text();
        string[] codes = [.. Refusals.Calls.Values.Select(call => call.Answer.Split(':')[0]).Distinct(StringComparer.Ordinal).Except(OfTheLedger, StringComparer.Ordinal)];
        Assert.All(codes, code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    private static string Text()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Commonwatt.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        }

        return File.ReadAllText(Path.Combine(folder, "docs", "contracts.md"));
    }
}
