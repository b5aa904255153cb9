using System.Globalization;
using System.Text;
using Commonwatt.Simulation.Results;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualBasic.FileIO;

namespace Commonwatt.Simulation.Tests.Results;

public class CsvTests
{
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2024, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_settlement_line_is_a_row()
    {
        string text = Written(stream =>
        {
            using SettlementCsv csv = new(stream);
            csv.Write(Noon, "h01", "utility", "utility-import", new Energy(1250), new Price(215_000), new Money(268_750), estimated: true);
        });

        Assert.Equal(
            """
            period_start_utc,from,to,kind,quantity_kwh,price,amount,estimated
            2024-06-01T12:00:00Z,h01,utility,utility-import,1.250,0.215000,0.268750,true

            """,
            text);
    }

    [Fact]
    public void A_trade_is_a_row()
    {
        string text = Written(stream =>
        {
            using TradesCsv csv = new(stream);
            csv.Write(Noon, "h01", "h02", new Energy(5), new Price(1), new Money(-7));
        });

        Assert.Equal("period_start_utc,buyer,seller,quantity_kwh,price,amount\n2024-06-01T12:00:00Z,h01,h02,0.005,0.000001,-0.000007\n", text);
    }

    [Fact]
    public void A_period_without_trades_has_no_price()
    {
        string text = Written(stream =>
        {
            using PricesCsv csv = new(stream);
            csv.Write(TwoHouses.Run());
        });

        string[] lines = text.Split('\n');
        Assert.Equal("period_start_utc,price,traded_kwh,retail,feed_in", lines[0]);
        Assert.Equal("2024-06-01T10:00:00Z,,0.000,0.200000,0.050000", lines[1]);
        Assert.Equal("2024-06-01T11:00:00Z,0.100000,1.000,0.200000,0.050000", lines[2]);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void Many_more_rows_than_the_buffer_holds_all_arrive()
    {
        string text = Written(stream =>
        {
            using TradesCsv csv = new(stream);
            for (int row = 0; row < 10_000; row++)
            {
                csv.Write(Noon + TimeSpan.FromMinutes(row), "buyer", "seller", new Energy(row), new Price(row), new Money(row));
            }
        });

        string[] lines = text.Split('\n');
        Assert.Equal(10_002, lines.Length);
        Assert.Equal("2024-06-08T10:39:00Z,buyer,seller,9.999,0.009999,0.009999", lines[10_000]);
    }

    [Fact]
    public void Any_names_and_numbers_are_read_back_as_they_were()
    {
        Arbitrary<string> names = ArbMap.Default.ArbFor<NonEmptyString>().Convert(name => name.Get, NonEmptyString.NewNonEmptyString)
            .Filter(name => !name.Any(letter => char.IsSurrogate(letter) || char.IsControl(letter)));
        Prop.ForAll(names, ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<long>(), ReadsBack).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    [InlineData(long.MaxValue, "9223372036854.775807")]
    [InlineData(-1, "-0.000001")]
    [InlineData(0, "0.000000")]
    public void The_smallest_and_largest_amounts_are_exact(long micros, string expected) =>
        Assert.EndsWith("," + expected + "\n", Written(stream =>
        {
            using TradesCsv csv = new(stream);
            csv.Write(Noon, "a", "b", Energy.Zero, Price.Zero, new Money(micros));
        }), StringComparison.Ordinal);

    private static bool ReadsBack(string name, long quantity, long amount)
    {
        string text = Written(stream =>
        {
            using TradesCsv csv = new(stream);
            csv.Write(Noon, name, "b", new Energy(quantity), Price.Zero, new Money(amount));
        });
        using TextFieldParser reader = new(new StringReader(text)) { Delimiters = [","], TrimWhiteSpace = false };
        _ = reader.ReadFields();
        string[] row = reader.ReadFields()!;
        return string.Equals(row[1], name, StringComparison.Ordinal)
            && decimal.Parse(row[3], CultureInfo.InvariantCulture) * 1_000 == quantity
            && decimal.Parse(row[5], CultureInfo.InvariantCulture) * 1_000_000 == amount;
    }

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
