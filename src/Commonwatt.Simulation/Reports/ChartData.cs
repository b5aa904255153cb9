using System.Buffers;
using System.Text;
using System.Text.Json;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>The numbers behind the report's charts as compact JSON, put together so far that any run stays small.</summary>
internal static class ChartData
{
    // A year of hours is 8,784 points and about half a megabyte; longer runs get longer steps.
    private const int MostPoints = 10_000;

    private static readonly int[] CoarserSteps = [60, 120, 180, 240, 360, 720, 1440];

    /// <summary>The data as JSON that is safe inside a script element: no &lt; leaves the encoder as it is.</summary>
    public static string Of(SimulationResult result)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            int step = StepMinutes(result);
            json.WriteStartObject();
            json.WriteString("currency", result.Currency.Symbol);
            json.WriteNumber("start", result.Start.UnixMilliseconds);
            json.WriteNumber("step", step);
            WriteOffsets(json, result, step);
            Write(json, "points", Points(result, step));
            json.WriteNumber("profileStep", PeriodMinutes(result));
            Write(json, "profile", Profile(result));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static int PeriodMinutes(SimulationResult result) => (int)(result.PeriodLength.Ticks / TimeSpan.TicksPerMinute);

    private static int StepMinutes(SimulationResult result)
    {
        int period = PeriodMinutes(result);
        long minutes = (long)period * result.Series.Count;
        return minutes / period <= MostPoints ? period : CoarserSteps.FirstOrDefault(step => minutes / step <= MostPoints, CoarserSteps[^1]);
    }

    private static ChartBuckets Points(SimulationResult result, int step)
    {
        int together = step / PeriodMinutes(result);
        int[] bucketOf = [.. Enumerable.Range(0, result.Series.Count).Select(period => period / together)];
        return new ChartBuckets(result, bucketOf, (result.Series.Count + together - 1) / together);
    }

    private static ChartBuckets Profile(SimulationResult result)
    {
        LocalClock clock = new(result.TimeZone);
        int minutes = PeriodMinutes(result);
        int[] bucketOf = [.. Enumerable.Range(0, result.Series.Count).Select(period => clock.MinuteOfDay(result.StartOf(period)) / minutes)];
        return new ChartBuckets(result, bucketOf, 1440 / minutes);
    }

    // Points at which local time moves against UTC: [index, minutes ahead]. Days of 23 and 25 hours come out of these.
    private static void WriteOffsets(Utf8JsonWriter json, SimulationResult result, int step)
    {
        LocalClock clock = new(result.TimeZone);
        int together = step / PeriodMinutes(result);
        int? last = null;
        json.WriteStartArray("offsets");
        for (int period = 0; period < result.Series.Count; period += together)
        {
            int offset = clock.OffsetMinutes(result.StartOf(period));
            if (offset != last)
            {
                json.WriteStartArray();
                json.WriteNumberValue(period / together);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                last = offset;
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, ChartBuckets buckets)
    {
        json.WriteStartObject(name);
        Write(json, "load", buckets.Load);
        Write(json, "made", buckets.Generation);
        Write(json, "traded", buckets.Traded);
        Write(json, "sun", buckets.Sun);
        if (buckets.Battery is { } battery)
        {
            Write(json, "battery", battery);
        }

        Write(json, "community", buckets.Community);
        Write(json, "grid", buckets.Grid);
        Write(json, "export", buckets.Export);
        Write(json, "retail", buckets.Retail);
        Write(json, "feedIn", buckets.FeedIn);
        json.WriteStartArray("price");
        foreach (long? price in buckets.LocalPrice)
        {
            if (price is { } value)
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long[] values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
