using System.Reflection;
using System.Text.RegularExpressions;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>docs/security.md names a test for each abuse, and each is there.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_abuse_in_the_table_names_a_test_that_there_is()
    {
        string[] rows = [.. Table().Where(row => row.StartsWith('|')).Skip(2)];
        var missing = new List<string>();
        string last = "";
        foreach (string row in rows)
        {
            string[] cells = row.Trim('|').Split('|');
            string[] named = [.. Named().Matches(cells[^1]).Select(match => match.Value.Trim('`')).Where(name => !name.StartsWith("GET ", StringComparison.Ordinal) && !name.EndsWith(".cs", StringComparison.Ordinal))];
            foreach (string name in named)
            {
                // A name without its class is of the class that was named last.
                string[] parts = name.StartsWith('…') ? [last, name] : name.Split('/')[^1].Split('.');
                last = parts[0];
                if (!IsTest(parts[0], parts.Length > 1 ? parts[1].Trim('…') : ""))
                {
                    missing.Add(row);
                }
            }

            if (named.Length == 0 && !row.Contains("the same", StringComparison.Ordinal))
            {
                missing.Add(row);
            }
        }

        Assert.True(rows.Length > 50, $"Only {rows.Length} abuses are in the table.");
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    private static bool IsTest(string type, string part) =>
        typeof(SecurityPageTests).Assembly.GetTypes().Where(one => one.Name == type)
            .SelectMany(one => one.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Any(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute) && method.Name.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> Table() => File.ReadLines(Path.Combine(RepositoryFolder.Find(), "docs", "security.md"))
        .SkipWhile(line => line != "## What was tried").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Named();
}
