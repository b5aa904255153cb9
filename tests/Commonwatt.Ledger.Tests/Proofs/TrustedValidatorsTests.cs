namespace Commonwatt.Ledger.Tests.Proofs;

public class TrustedValidatorsTests
{
    private static readonly string Good = new TrustedValidators(Hash.Of([1]), SampleLedger.Validators(CertifiedChain.FourValidators)).ToText();

    [Fact]
    public void What_is_written_is_read_again_with_comments_blank_lines_and_either_end_of_line()
    {
        foreach (string text in new[] { Good, Good.Replace("ledger", "\n  # from the manager's notice board\nledger"), Good.Replace("\n", "\r\n"), Good.TrimEnd() })
        {
            TrustedValidators read = TrustedValidators.Parse(text);
            Assert.Equal(Hash.Of([1]), read.LedgerId);
            Assert.Equal(SampleLedger.Validators(CertifiedChain.FourValidators).SetHash(), read.Validators.SetHash());
        }
    }

    [Fact]
    public void The_height_is_read_again_where_it_is_told()
    {
        Assert.Null(TrustedValidators.Parse(Good).Height);
        foreach (ulong height in new[] { 0ul, 24ul, ulong.MaxValue })
        {
            Assert.Equal(height, TrustedValidators.Parse((TrustedValidators.Parse(Good) with { Height = height }).ToText()).Height);
        }
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_line()
    {
        string member = Good.Split('\n')[2];
        (string Says, string Text)[] wrong =
        [
            ("first line", ""),
            ("first line", "commonwatt/validators/2\n"),
            ("name no ledger", TrustedValidators.FirstLine),
            ("name no ledger", Good.Replace("ledger", "#")),
            ("1 to 1000 validators, not 0", Good[..Good.IndexOf("validator 0", StringComparison.Ordinal)]),
            ("listed twice", Good + member),
            ("Line 7", Good + "ledger " + Hash.Zero),
            ("Line 2", Good.Replace("ledger ", "ledger x")),
            ("Line 7", Good + "validator 02 1"),
            ("Line 7", Good + member.Replace(" 1", " -1")),
            ("Line 7", Good + member.Replace(" 1", " 1 1")),
            ("Line 7", Good + "height"),
            ("Line 7", Good + "height -1"),
            ("Line 7", Good + "height 18446744073709551616"),
            ("Line 8", Good + "height 1\nheight 1"),
            ("voting power", Good.Replace(" 1\n", " 0\n")),
            ("Line 7", Good + $"validator 02{new string('f', 64)} 1"),
            ("at most", Good + new string('#', TrustedValidators.MostCharacters)),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Says, Assert.Throws<MalformedBytesException>(() => TrustedValidators.Parse(one.Text)).Message, StringComparison.Ordinal));
    }
}
