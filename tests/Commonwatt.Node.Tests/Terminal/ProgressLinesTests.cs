using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Tests.Terminal;

/// <summary>How far long work has come, where nobody looks at a bar.</summary>
public sealed class ProgressLinesTests
{
    [Fact]
    public void Short_work_says_nothing_and_long_work_each_tenth_once()
    {
        var clock = new Stopwatch();
        using var output = new StringWriter();
        var lines = new ProgressLines(output, "Living", clock);

        lines.Report(0.35);
        clock.Seconds = 2;
        lines.Report(0.41);
        lines.Report(0.44);
        lines.Report(1);

        Assert.Equal("Living: 40%\nLiving: 100%\n", output.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class Stopwatch : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
