using System.Globalization;
using System.Text;
using Commonwatt.Simulation.Series;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Simulation.Tests.Series;

public class SeriesFileTests
{
    [Theory]
    [InlineData("2024-06-01T13:00:00Z", "2024-06-01T13:00:00Z")]
    [InlineData("2024-06-01T13:00Z", "2024-06-01T13:00:00Z")]
    [InlineData("2024-06-01 13:00:00+00:00", "2024-06-01T13:00:00Z")]
    [InlineData("2024-06-01T13:00:00.000+01:00", "2024-06-01T12:00:00Z")]
    [InlineData("2024-06-01T00:00:00+0530", "2024-05-31T18:30:00Z")]
    [InlineData("2023-12-31T19:00:00-05", "2024-01-01T00:00:00Z")]
    [InlineData("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z")]
    public void Timestamps_with_an_offset_are_the_moment_they_mean(string text, string moment)
    {
        Assert.Equal(moment, ReadOne(text, "1").Start.ToString());
    }

    [Fact]
    public void Every_hour_of_two_centuries_is_read_as_the_framework_reads_it()
    {
        for (var time = new DateTimeOffset(1901, 1, 1, 0, 0, 0, TimeSpan.Zero); time.Year < 2199; time = time.AddHours(997))
        {
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Assert.Equal(TimestampReading.Good, TimestampText.Read(Encoding.ASCII.GetBytes(text), out long milliseconds));
            Assert.Equal(time.ToUnixTimeMilliseconds(), milliseconds);
        }
    }

    [Fact]
    public void Numbers_are_read_as_the_framework_reads_them()
    {
        Gen<string> numbers = from whole in Gen.Choose(-1_000_000, 1_000_000)
                              from fraction in Gen.Choose(0, 999_999)
                              from places in Gen.Choose(0, 6)
                              select places == 0 ? $"{whole}" : $"{whole}.{fraction.ToString("000000", CultureInfo.InvariantCulture)[..places]}";
        Prop.ForAll(numbers.ToArbitrary(), text =>
            NumberText.TryRead(Encoding.ASCII.GetBytes(text), out double value) && value.Equals(double.Parse(text, CultureInfo.InvariantCulture))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1e-3", 0.001)]
    [InlineData("-0.25", -0.25)]
    [InlineData(".5", 0.5)]
    [InlineData("4.1890001", 4.1890001)]
    [InlineData("0.123456789012345678", 0.123456789012345678)]
    public void Numbers_may_be_written_in_other_ways(string text, double value)
    {
        Assert.Equal(value, ReadOne("2024-06-01T00:00:00Z", text).Values[0][0]);
    }

    [Fact]
    public void Quotes_carriage_returns_a_byte_order_mark_and_columns_that_nobody_asked_for_do_no_harm()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", "\uFEFFmeter,note,timestamp,load_kwh\r\n\"Rua 1, left\",\"said \"\"yes\"\"\",2024-06-01T00:00:00Z,\"0.5\"\r\n\r\n");

        MeterSeries series = folder.Read("homes.csv").Required().Meters["Rua 1, left"];

        Assert.Equal([0.5], series.Values[0]);
        Assert.Equal([2], series.Lines);
    }

    [Fact]
    public void Gzip_is_read_whatever_its_name_says()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", TemporaryFolder.Gzip("timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,h01,0.5\n"));

        Assert.Equal([0.5], folder.Read("homes.csv").Required().Meters["h01"].Values[0]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void The_resolution_is_found_in_spite_of_gaps_and_disorder(int minutes)
    {
        using var folder = new TemporaryFolder();
        int[] order = [5, 0, 1, 2, 9, 7, 8, 6];
        string rows = string.Concat(order.Select(index => $"{new Instant(index * minutes * 60_000L)},h01,{index}\n"));
        folder.Write("homes.csv", "timestamp,meter,load_kwh\n" + rows);

        MeterSeries series = folder.Read("homes.csv").Required().Meters["h01"];

        Assert.Equal(TimeSpan.FromMinutes(minutes), series.Step);
        Assert.Equal([0, 1, 2, double.NaN, double.NaN, 5, 6, 7, 8, 9], series.Values[0]);
        Assert.Equal([3, 4, 5, 0, 0, 2, 9, 7, 8, 6], series.Lines);
    }

    [Fact]
    public void Of_rows_for_the_same_interval_the_first_counts_and_the_others_are_listed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", "timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,h01,1\n2024-06-01T01:00:00Z,h01,2\n2024-06-01T00:00:00Z,h01,3\n");

        MeterSeries series = folder.Read("homes.csv").Required().Meters["h01"];

        Assert.Equal([1, 2], series.Values[0]);
        DuplicateRow duplicate = Assert.Single(series.Duplicates);
        Assert.Equal(4, duplicate.Line);
        Assert.Equal([3], duplicate.Values);
    }

    [Fact]
    public void An_empty_field_is_a_missing_reading()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", "timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,h01,1\n2024-06-01T01:00:00Z,h01,\n");

        Assert.Equal([1, double.NaN], folder.Read("homes.csv").Required().Meters["h01"].Values[0]);
    }

    private static MeterSeries ReadOne(string timestamp, string value)
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", $"timestamp,meter,load_kwh\n{timestamp},h01,{value}\n");
        return folder.Read("homes.csv").Required().Meters["h01"];
    }
}
