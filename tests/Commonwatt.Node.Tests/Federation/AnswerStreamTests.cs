using Commonwatt.Node.Federation;

namespace Commonwatt.Node.Tests.Federation;

public sealed class AnswerStreamTests
{
    [Fact]
    public void A_long_answer_that_trickles_is_broken_off_with_a_sentence_long_before_its_end()
    {
        var clock = new SteppedClock();
        using AnswerStream answer = Answer(clock, bytesASecond: 60 * 1024, TimeSpan.FromHours(1));

        IOException refused = Assert.Throws<IOException>(() => answer.CopyTo(Stream.Null));

        Assert.Equal("The answer came too slowly: it must come at 64 KiB a second or more after 10 seconds, and end within 60 minutes.", refused.Message);
        Assert.InRange(clock.Seconds, 100, 200);
    }

    [Fact]
    public void An_answer_of_which_next_to_nothing_comes_is_broken_off_after_ten_seconds()
    {
        var clock = new SteppedClock();
        using AnswerStream answer = Answer(clock, bytesASecond: 1, TimeSpan.FromHours(1));
        Assert.Throws<IOException>(() => answer.CopyTo(Stream.Null));
        Assert.InRange(clock.Seconds, 10, 11);
    }

    [Fact]
    public void An_answer_that_comes_fast_enough_is_read_to_its_end_and_one_without_end_is_broken_off()
    {
        using AnswerStream right = Answer(new SteppedClock(), bytesASecond: 64 * 1024, TimeSpan.FromHours(1), seconds: 600);
        using var all = new MemoryStream();
        right.CopyTo(all);
        Assert.Equal(600 * 64 * 1024, all.Length);

        var clock = new SteppedClock();
        using AnswerStream endless = Answer(clock, bytesASecond: 80 * 1024, TimeSpan.FromMinutes(5));
        Assert.Throws<IOException>(() => endless.CopyTo(Stream.Null));
        Assert.InRange(clock.Seconds, 300, 301);
    }

    private static AnswerStream Answer(SteppedClock clock, int bytesASecond, TimeSpan most, int seconds = int.MaxValue) => new(
        new HttpResponseMessage { Content = new StreamContent(new SlowStream(clock, bytesASecond, seconds)) },
        new CancellationTokenSource(),
        new LeastPace(clock, most));

    private sealed class SteppedClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    // Every read takes a second.
    private sealed class SlowStream(SteppedClock clock, int bytesASecond, int seconds) : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (clock.Seconds == seconds)
            {
                return 0;
            }

            clock.Seconds++;
            return int.Min(buffer.Length, bytesASecond);
        }
    }
}
