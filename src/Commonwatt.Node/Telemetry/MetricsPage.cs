using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Commonwatt.Node.Telemetry;

/// <summary>What meters counted since the start, in the text form that Prometheus reads (version 0.0.4). Of what is measured, the count and the sum.</summary>
internal sealed class MetricsPage : IDisposable
{
    /// <summary>The text's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener listener = new();
    private readonly SortedDictionary<string, Family> families = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Listens to meters of these names.</summary>
    public MetricsPage(IReadOnlyCollection<string> meters)
    {
        listener.InstrumentPublished = (instrument, from) =>
        {
            if (meters.Contains(instrument.Meter.Name, StringComparer.Ordinal))
            {
                from.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    /// <summary>The page.</summary>
    public string ToText()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (gate)
        {
            foreach ((string name, Family family) in families)
            {
                family.Write(text, name);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        lock (gate)
        {
            if (!families.TryGetValue(NameOf(instrument), out Family? family))
            {
                family = new Family(TypeOf(instrument), instrument.Description);
                families.Add(NameOf(instrument), family);
            }

            family.Take(labels, value);
        }
    }

    private static string TypeOf(Instrument instrument)
    {
        string kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? "summary"
            : kind.StartsWith("Counter", StringComparison.Ordinal) ? "counter"
            : kind.StartsWith("UpDown", StringComparison.Ordinal) ? "sum"
            : "gauge";
    }

    private static string NameOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_');
        return TypeOf(instrument) == "counter" ? name + "_total" : instrument.Unit is "s" ? name + "_seconds" : name;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new List<string>(tags.Length);
        foreach ((string name, object? value) in tags)
        {
            string text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal) ?? "";
            labels.Add($"{name.Replace('.', '_')}=\"{text}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return $"{{{string.Join(',', labels)}}}";
    }

    private sealed class Family(string type, string? description)
    {
        private const int MostSeries = 1000;

        private readonly SortedDictionary<string, (double Value, long Count)> series = new(StringComparer.Ordinal);

        public void Take(string labels, double value)
        {
            bool isKnown = series.TryGetValue(labels, out (double Value, long Count) before);
            if (isKnown || series.Count < MostSeries)
            {
                series[labels] = type == "gauge" ? (value, 1) : (before.Value + value, before.Count + 1);
            }
        }

        public void Write(StringBuilder text, string name)
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            text.Append(culture, $"# HELP {name} {description}\n# TYPE {name} {(type == "sum" ? "gauge" : type)}\n");
            foreach ((string labels, (double value, long count)) in series)
            {
                if (type == "summary")
                {
                    text.Append(culture, $"{name}_sum{labels} {value}\n{name}_count{labels} {count}\n");
                }
                else
                {
                    text.Append(culture, $"{name}{labels} {value}\n");
                }
            }
        }
    }
}
