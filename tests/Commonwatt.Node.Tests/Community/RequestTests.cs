using System.Text;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Market;
using Commonwatt.Node.Community.Prices;
using Commonwatt.Node.Community.Requests;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Commonwatt.Node.Tests.Community;

public class RequestTests
{
    private static readonly DateTimeZone Lisbon = DateTimeZoneProviders.Tzdb["Europe/Lisbon"];
    private static readonly LocalCalendar Calendar = new(Lisbon);

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", 23)]
    [InlineData("2026-10-25T12:00:00Z", 25)]
    [InlineData("2026-11-21T12:00:00Z", 24)]
    public void A_day_has_the_hours_its_clocks_count(string moment, int hours)
    {
        TimeRange day = Calendar.DayOf(Time(moment));

        Assert.Equal(hours, (day.To - day.From).TotalHours);
        Assert.Equal(hours, Hours(day).Select(hour => Calendar.BucketOf(hour, Resolution.Hour, TimeSpan.FromMinutes(15)).From).Distinct().Count());
        Assert.All(Hours(day), hour => Assert.Equal(day, Calendar.BucketOf(hour, Resolution.Day, TimeSpan.FromMinutes(15))));
    }

    [Theory]
    [InlineData("Europe/Lisbon")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Santiago")]
    public void Every_moment_lies_in_its_hour_day_and_month_and_these_follow_each_other_without_a_gap(string zone) => Prop.ForAll(
        Gen.Choose(0, 2_000_000).Select(step => new Instant(1_600_000_000_000 + (step * 300_000L))).ToArbitrary(), moment =>
    {
        var calendar = new LocalCalendar(DateTimeZoneProviders.Tzdb[zone]);
        foreach (Resolution unit in (Resolution[])[Resolution.Day, Resolution.Month])
        {
            TimeRange bucket = calendar.BucketOf(moment, unit, TimeSpan.FromMinutes(5));
            Assert.True(bucket.From <= moment && moment < bucket.To);
            Assert.Equal(bucket, calendar.BucketOf(bucket.From, unit, TimeSpan.FromMinutes(5)));
            Assert.Equal(bucket.To, calendar.BucketOf(bucket.To, unit, TimeSpan.FromMinutes(5)).From);
        }

        TimeRange hour = calendar.BucketOf(moment, Resolution.Hour, TimeSpan.FromMinutes(5));
        Assert.True(hour.From <= moment && moment < hour.To);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-11-21T13:00:00Z", "2026-11-21T13:00:00Z")]
    [InlineData("2026-11-21T13:00Z", "2026-11-21T13:00:00Z")]
    [InlineData("2026-11-21T14:00:00+01:00", "2026-11-21T13:00:00Z")]
    [InlineData("2026-11-21T13:00:00.250Z", "2026-11-21T13:00:00.250Z")]
    [InlineData("2026-11-21T13:00:00", null)]
    [InlineData("2026-11-21", null)]
    [InlineData("21.11.2026 13:00Z", null)]
    [InlineData("1795266000", null)]
    [InlineData("", null)]
    public void A_time_says_where_it_is_or_is_refused(string text, string? time)
    {
        Assert.Equal(time is not null, InstantJson.TryRead(text, out Instant read));
        Assert.True(time is null || read.ToString() == time);
    }

    [Fact]
    public void Without_bounds_a_range_is_today_and_with_one_it_is_a_day()
    {
        Instant now = Time("2026-10-25T12:00:00Z");

        Assert.Equal(Calendar.DayOf(now), new RangeQuery(null, null).Range(now, Calendar));
        Assert.Equal(new TimeRange(now, now + TimeSpan.FromDays(1)), new RangeQuery(now.ToString(), null).Range(now, Calendar));
        Assert.Equal(new TimeRange(now - TimeSpan.FromDays(1), now), new RangeQuery(null, now.ToString()).Range(now, Calendar));
    }

    [Fact]
    public void A_cursor_is_good_for_its_list_alone_and_only_as_it_was_given() => Prop.ForAll(
        (from keys in Gen.Choose(int.MinValue, int.MaxValue).Select(key => key * 1_000_003L).ArrayOf(3) from place in Gen.Choose(0, 1_000) select (keys, place)).ToArbitrary(), given =>
    {
        string cursor = PageCursor.Write("entries 3", given.keys);

        Assert.True(PageCursor.TryRead("entries 3", cursor, 3, out long[] read));
        Assert.Equal(given.keys, read);
        Assert.False(PageCursor.TryRead("entries 4", cursor, 3, out _));
        Assert.False(PageCursor.TryRead("entries 3", cursor, 2, out _));
        char[] changed = cursor.ToCharArray();
        int at = given.place % (changed.Length - 1);
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        Assert.False(PageCursor.TryRead("entries 3", new string(changed), 3, out _));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Text_that_a_spreadsheet_would_run_is_made_text_and_numbers_stay_numbers()
    {
        using var stream = new MemoryStream();
        object?[] row = ["=HYPERLINK(\"x\")", "+1", "-1", "@sum", "\tx", "plain, with \"quotes\"\r\nand a line", -5L, 7, true, null, Time("2026-11-21T13:00:00Z")];
        await new CsvTable("x.csv", [.. Enumerable.Range(1, row.Length).Select(column => $"c{column}")], [row]).WriteAsync(stream, TestContext.Current.CancellationToken);

        string[] text = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", 2);

        Assert.Equal("c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11", text[0]);
        Assert.Equal("\"'=HYPERLINK(\"\"x\"\")\",\"'+1\",\"'-1\",\"'@sum\",\"'\tx\",\"plain, with \"\"quotes\"\"\r\nand a line\",-5,7,true,,2026-11-21T13:00:00Z\r\n", text[1]);
    }

    [Fact]
    public void Curves_add_up_from_the_best_price_on()
    {
        (long, long)[] orders = [(100, 5), (300, 1), (200, 2), (300, 4)];

        Assert.Equal([new StepJson(300, 5), new StepJson(200, 7), new StepJson(100, 12)], StepCurve.Demand(orders));
        Assert.Equal([new StepJson(100, 5), new StepJson(200, 7), new StepJson(300, 12)], StepCurve.Supply(orders));
    }

    [Fact]
    public void A_forecast_is_what_the_same_hour_of_the_clock_was()
    {
        Instant noon = Time("2026-11-20T12:00:00Z");
        var forecast = PriceForecast.From(Enumerable.Range(1, 10).Select(day => (noon - TimeSpan.FromDays(day), day * 10L)), Lisbon);

        Assert.Equal(new ForecastJson(10, 50, 90), forecast.At(noon + TimeSpan.FromMinutes(45)));
        Assert.Null(forecast.At(noon + TimeSpan.FromHours(1)));
    }

    private static IEnumerable<Instant> Hours(TimeRange day)
    {
        for (Instant hour = day.From; hour < day.To; hour += TimeSpan.FromHours(1))
        {
            yield return hour;
        }
    }

    private static Instant Time(string text) => InstantJson.TryRead(text, out Instant time) ? time : throw new ArgumentException(text);
}
