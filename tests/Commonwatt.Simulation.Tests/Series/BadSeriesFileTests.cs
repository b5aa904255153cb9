using System.Text;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Tests.Series;

public class BadSeriesFileTests
{
    private const string Header = "timestamp,meter,load_kwh\n";
    private const string GoodRow = "2024-06-01T00:00:00Z,h01,0.5\n";

    /// <summary>The text of homes.csv and the sentences that its user reads.</summary>
    public static TheoryData<string, string> WrongFiles { get; } = new()
    {
        { "", "homes.csv: is empty; a header with the columns' names is expected." },
        { Header, "homes.csv: has a header and no rows; give at least one interval." },
        { GoodRow, "homes.csv: has no header: the first line is data already; put a line with the columns' names before it." },
        { "timestamp,meter,kwh\n" + GoodRow, "homes.csv: there is no column 'load_kwh'; the columns are 'timestamp', 'meter', 'kwh'." },
        { "timestamp,load_kwh\n", "homes.csv: there is no column 'meter'; the columns are 'timestamp', 'load_kwh'." },
        { "timestamp;meter;load_kwh\n", "homes.csv: is not separated by commas: its header is 'timestamp;meter;load_kwh'; write it with commas between fields and a point in decimals." },
        { Header + GoodRow + "01/06/2024 00:15,h01,0.5\n", "homes.csv line 3: '01/06/2024 00:15' in column timestamp is not a timestamp; write it as 2024-06-01T13:00:00Z." },
        { Header + "2024-02-30T00:00:00Z,h01,0.5\n", "homes.csv line 2: '2024-02-30T00:00:00Z' in column timestamp is not a timestamp; write it as 2024-06-01T13:00:00Z." },
        { Header + "2024-06-01T25:00:00Z,h01,0.5\n", "homes.csv line 2: '2024-06-01T25:00:00Z' in column timestamp is not a timestamp; write it as 2024-06-01T13:00:00Z." },
        { Header + "2024-06-01 00:00:00,h01,0.5\n", "homes.csv line 2: '2024-06-01 00:00:00' in column timestamp has no offset, so that the moment is not known; write it with Z or an offset, such as 2024-06-01T00:00:00+01:00." },
        { Header + "2024-06-01T00:00:00Z,h01,half\n", "homes.csv line 2: 'half' in column load_kwh is not a number; write it as 1.25, or leave it empty where there is no reading." },
        { Header + "2024-06-01T00:00:00Z,h01,NaN\n", "homes.csv line 2: 'NaN' in column load_kwh is not a number; write it as 1.25, or leave it empty where there is no reading." },
        { Header + "2024-06-01T00:00:00Z,h01,Infinity\n", "homes.csv line 2: 'Infinity' in column load_kwh is not a number; write it as 1.25, or leave it empty where there is no reading." },
        { Header + "2024-06-01T00:00:00Z,h01,1e300\n", "homes.csv line 2: '1e300' in column load_kwh is beyond anything sensible; check its unit." },
        { Header + "2024-06-01T00:00:00Z,h01,\"0,5\"\n", "homes.csv line 2: '0,5' in column load_kwh is not a number; write it as 1.25, or leave it empty where there is no reading." },
        { Header + GoodRow + "2024-06-01T00:15:00Z,h01\n", "homes.csv line 3: there are 2 fields where the header has 3." },
        { Header + "2024-06-01T00:00:00Z,h01,0,5\n", "homes.csv line 2: there are 4 fields where the header has 3." },
        { Header + "2024-06-01T00:00:00Z,\"h01,0.5\n", "homes.csv line 2: a quoted field does not end, or goes on after its closing quote." },
        { Header + "2024-06-01T00:00:00Z,,0.5\n", "homes.csv line 2: column meter is empty; name the meter." },
        { Header + Every(15, 4) + "2024-06-01T01:07:00Z,h01,0.5\n", "homes.csv line 6: 2024-06-01T01:07:00Z is not on the grid of 15 minutes that most readings of 'h01' keep to." },
        { Header + Every(60, 4) + "2024-06-01T04:30:00Z,h01,0.5\n", "homes.csv line 6: 2024-06-01T04:30:00Z is not on the grid of 60 minutes that most readings of 'h01' keep to." },
        { Header + Every(20, 4), "homes.csv: readings of 'h01' come every 20 minutes; 5, 10, 15, 30, 60 are supported." },
        { Header + Every(1440, 4), "homes.csv: readings of 'h01' come every 1440 minutes; 5, 10, 15, 30, 60 are supported." },
        { Header + Every(30, 48) + Every(60, 48, firstHour: 24), "homes.csv line 51: from here on readings of 'h01' come every 60 minutes, elsewhere every 30; keep to one, or split the file." },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_refused_with_the_line_and_what_would_be_right(string text, string sentence)
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", text);

        ScenarioResult<SeriesFile> result = folder.Read("homes.csv");

        Assert.Null(result.Value);
        Assert.Equal(sentence, string.Join('\n', result.Problems));
    }

    [Fact]
    public void A_file_that_is_not_there_or_a_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));

        Assert.Equal($"homes.csv: there is no such file; it was looked for at {Path.Combine(folder.Path, "homes.csv")}.", Assert.Single(folder.Read("homes.csv").Problems).ToString());
        Assert.Equal("data: is a folder; give the path of a CSV file.", Assert.Single(folder.Read("data").Problems).ToString());
    }

    [Fact]
    public void A_file_that_only_calls_itself_gzip_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv.gz", Header + GoodRow);

        Assert.Equal("homes.csv.gz: is not gzip although its name ends in .gz; compress it or rename it.", Assert.Single(folder.Read("homes.csv.gz").Problems).ToString());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_gzip_file_that_is_cut_off_is_refused(double share)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = TemporaryFolder.Gzip(Header + Every(15, 5000));
        folder.Write("homes.csv.gz", whole[..(int)(whole.Length * share)]);

        Assert.Equal("homes.csv.gz: is damaged or cut off: its gzip data do not end as they should; fetch it again.", Assert.Single(folder.Read("homes.csv.gz").Problems).ToString());
    }

    [Fact]
    public void The_first_five_bad_rows_are_told_and_how_many_more_there_are()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", Header + string.Concat(Enumerable.Repeat("2024-06-01T00:00:00Z,h01,half\n", 12)));

        ScenarioResult<SeriesFile> result = folder.Read("homes.csv");

        Assert.Equal(6, result.Problems.Count);
        Assert.Equal("homes.csv: 7 more rows cannot be read; mend them, or leave bad rows out with --skip-bad-rows.", result.Problems[^1].ToString());
    }

    [Fact]
    public void Bad_rows_are_left_out_counted_and_listed_where_the_user_asks_for_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", Header + Every(15, 4) + "2024-06-01T01:07:00Z,h01,0.5\n2024-06-01T01:15:00Z,h01,half\n2024-06-01T01:30:00Z,h01,0.5\n");

        SeriesFile file = folder.Read("homes.csv", skipBadRows: true).Required();

        Assert.Equal(2, file.Skipped.Count);
        Assert.Equal(
            [
                "line 7: 'half' in column load_kwh is not a number; write it as 1.25, or leave it empty where there is no reading.",
                "line 6: 2024-06-01T01:07:00Z is not on the grid of 15 minutes that most readings of 'h01' keep to.",
            ],
            file.Skipped.First);
        Assert.Equal(7, file.Meters["h01"].Count);
        Assert.Equal(5, file.Meters["h01"].Values[0].Count(value => !double.IsNaN(value)));
    }

    [Fact]
    public void The_trial_file_as_its_publisher_supplied_it_is_refused_because_its_labels_have_no_offset()
    {
        string path = SharedFolder.Data("raw/homes_nsw_as_supplied.csv.gz");
        var request = new SeriesFileRequest(path, "homes_nsw_as_supplied.csv.gz", "reading_datetime_as_supplied", "customer_id", [new ValueColumn("general_supply_kwh", 100_000)]);

        ScenarioResult<SeriesFile> result = SeriesFile.Read(request);

        Assert.Equal(
            "homes_nsw_as_supplied.csv.gz line 2: '2012-02-10 08:00:00' in column reading_datetime_as_supplied has no offset, so that the moment is not known; write it with Z or an offset, such as 2012-02-10T08:00:00+01:00.",
            result.Problems[0].ToString());
    }

    private static string Every(int minutes, int count, int firstHour = 0)
    {
        var rows = new StringBuilder();
        for (int row = 0; row < count; row++)
        {
            rows.Append(Instant.From(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)) + TimeSpan.FromMinutes((firstHour * 60) + (row * minutes))).Append(",h01,0.5\n");
        }

        return rows.ToString();
    }
}
