using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Encoding;

public class CanonicalTests
{
    private static readonly Dictionary<Type, List<Sample>> Samples = [];

    static CanonicalTests()
    {
        Add(Hash.Of("one"u8));
        Add(SampleLedger.Alice.Address);
        Add(new Commonwatt.Ledger.Execution.Count(ulong.MaxValue));
        Add(new ProposerRecord(7, SampleLedger.Start));
        Add(new OrderPlace(2, Next: 7));
        Add(new ScheduleKey(SampleLedger.Start, 9));
        Add(new ScheduledCall("token", "note", new byte[] { 1, 2, 3 }));
        Add(SampleLedger.Validators(SampleLedger.Alice, SampleLedger.Bob, SampleLedger.Proposer));
        Add(new Chain(SampleLedger.Genesis()).Tip);
        Add(new Receipt(CallOrigin.Transaction, Hash.Of("two"u8), Outcome.Done, [new LedgerEvent("token.noted", new byte[] { 5, 6 }), new LedgerEvent("ü", Array.Empty<byte>())]));
        Add(new Receipt(CallOrigin.Schedule, Hash.Of("three"u8), Outcome.Refused("no", "Not today."), []));
    }

    [Fact]
    public void Every_type_with_a_fixed_layout_stands_among_the_samples()
    {
        IEnumerable<Type> types = typeof(Hash).Assembly.GetTypes()
            .Where(type => !type.IsInterface && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICanonical<>)));
        Assert.Equal(types.Select(type => type.Name).Order(StringComparer.Ordinal), Samples.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Decoding_and_encoding_again_gives_the_same_bytes() =>
        Assert.All(Samples.Values.SelectMany(samples => samples), sample => Assert.Equal(sample.Bytes, sample.Again(sample.Bytes)));

    [Fact]
    public void Bytes_cut_short_anywhere_are_refused()
    {
        foreach (Sample sample in Samples.Values.SelectMany(samples => samples))
        {
            for (int length = 0; length < sample.Bytes.Length; length++)
            {
                Assert.Throws<MalformedBytesException>(() => sample.Again(sample.Bytes[..length]));
            }
        }
    }

    [Fact]
    public void A_byte_too_many_is_refused() =>
        Assert.All(Samples.Values.SelectMany(samples => samples), sample => Assert.Throws<MalformedBytesException>(() => sample.Again([.. sample.Bytes, 0])));

    [Fact]
    public void A_changed_byte_is_refused_or_gives_another_value_never_the_same_one()
    {
        foreach (Sample sample in Samples.Values.SelectMany(samples => samples))
        {
            for (int place = 0; place < sample.Bytes.Length; place++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    byte[] changed = [.. sample.Bytes];
                    changed[place] ^= (byte)(1 << bit);
                    try
                    {
                        Assert.Equal(changed, sample.Again(changed));
                    }
                    catch (MalformedBytesException)
                    {
                        continue;
                    }
                }
            }
        }
    }

    [Fact]
    public void Keys_stand_in_the_order_of_their_numbers()
    {
        ulong[] numbers = [0, 1, 255, 256, uint.MaxValue, ulong.MaxValue];
        byte[][] keys = [.. numbers.Select(number => CanonicalWriter.Encode(new Commonwatt.Ledger.Execution.Count(number)))];
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
    }

    [Fact]
    public void A_text_of_more_than_65535_bytes_cannot_be_written() =>
        Assert.Throws<OverflowException>(() => CanonicalWriter.Encode(new Note(new string('ü', 33_000))));

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused() =>
        Assert.Throws<MalformedBytesException>(() => CanonicalReader.Decode<Note>([0, 1, 0xFF]));

    private static void Add<T>(T value)
        where T : ICanonical<T>
    {
        Samples.TryAdd(typeof(T), []);
        Samples[typeof(T)].Add(new Sample(CanonicalWriter.Encode(value), bytes => CanonicalWriter.Encode(CanonicalReader.Decode<T>(bytes))));
    }

    private sealed record Sample(byte[] Bytes, Func<byte[], byte[]> Again);
}
