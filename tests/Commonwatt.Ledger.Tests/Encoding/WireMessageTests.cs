using Google.Protobuf;

namespace Commonwatt.Ledger.Tests.Encoding;

public class WireMessageTests
{
    private const string Plain = "0a0161120162" + "1a0163";

    [Fact]
    public void The_one_encoding_is_taken()
    {
        Call call = WireMessage.Decode(Call.Parser, Convert.FromHexString(Plain));
        Assert.Equal(("a", "b", "c"), (call.Contract, call.Method, call.Arguments.ToStringUtf8()));
        Assert.Empty(WireMessage.Decode(Call.Parser, []).Contract);
    }

    [Theory]
    [InlineData("1201620a01611a0163", "fields in another order")]
    [InlineData("0a0161" + "1200" + "1a0163", "a default written out")]
    [InlineData(Plain + "2001", "an unknown field at the end")]
    [InlineData("2001" + Plain, "an unknown field at the start")]
    [InlineData("0a810061120162" + "1a0163", "a length longer than it needs to be")]
    [InlineData("8a000161120162" + "1a0163", "a tag longer than it needs to be")]
    [InlineData("0a0178" + Plain, "a field twice")]
    [InlineData("0801120162" + "1a0163", "a field of another type")]
    [InlineData("0a01ff120162" + "1a0163", "text that is not UTF-8")]
    [InlineData("0a0161120162" + "1a02", "cut short")]
    [InlineData("00", "no field at all")]
    [InlineData("0b0c", "a group")]
    public void Every_other_encoding_is_refused(string bytes, string because)
    {
        _ = because;
        Assert.Throws<MalformedBytesException>(() => WireMessage.Decode(Call.Parser, Convert.FromHexString(bytes)));
    }

    [Fact]
    public void An_unknown_field_within_a_message_is_refused_too()
    {
        byte[] call = Convert.FromHexString(Plain + "2001");
        Assert.Throws<MalformedBytesException>(() => WireMessage.Decode(TransactionBody.Parser, [0x2a, (byte)call.Length, .. call]));
    }

    [Fact]
    public void A_changed_transaction_is_refused_or_no_longer_signed()
    {
        LedgerGenesis genesis = SampleLedger.Genesis();
        SignedTransaction transaction = SampleLedger.Builder(genesis, SampleLedger.Alice).Build(SampleLedger.Start, SampleLedger.TakeNote("hello"));
        byte[] good = transaction.Bytes.ToArray();
        Assert.True(SignedTransaction.Decode(good).IsSignatureValid());
        for (int place = 0; place < good.Length; place++)
        {
            byte[] changed = [.. good];
            changed[place] ^= (byte)(1 << (place % 8));
            try
            {
                Assert.False(SignedTransaction.Decode(changed).IsSignatureValid());
            }
            catch (MalformedBytesException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void Noise_is_refused_with_one_kind_of_exception()
    {
        var random = new Random(3);
        LedgerGenesis genesis = SampleLedger.Genesis();
        byte[] batch = SignedBatch.Sign(
            genesis.Id, 1, SampleLedger.Start, [SampleLedger.Builder(genesis, SampleLedger.Bob).Build(SampleLedger.Start, SampleLedger.TakeNote("x"))], SampleLedger.Proposer).Bytes.ToArray();
        for (int round = 0; round < 3000; round++)
        {
            byte[] noise = [.. batch.AsSpan(0, random.Next(batch.Length + 1))];
            for (int change = 0; change < 3 && noise.Length > 0; change++)
            {
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            }

            Assert.IsNotType<InvalidProtocolBufferException>(Record.Exception(() => SignedTransaction.Decode(noise)));
            if (Record.Exception(() => SignedBatch.Decode(noise)) is { } refused)
            {
                Assert.IsType<MalformedBytesException>(refused);
            }
        }
    }

    [Fact]
    public void A_transaction_that_expires_after_the_year_9999_is_refused()
    {
        LedgerGenesis genesis = SampleLedger.Genesis();
        TransactionBody body = TransactionBody.Parser.ParseFrom(
            Transaction.Parser.ParseFrom(SampleLedger.Builder(genesis, SampleLedger.Alice).Build(SampleLedger.Start, SampleLedger.TakeNote("x")).Bytes.Span).Body);
        body.ExpiresAtMs = 253_402_300_800_000;
        Assert.Throws<MalformedBytesException>(() => SignedTransaction.Sign(body, SampleLedger.Alice));
    }

    [Fact]
    public void A_transaction_over_a_limit_is_refused()
    {
        LedgerGenesis genesis = SampleLedger.Genesis();
        TransactionBuilder alice = SampleLedger.Builder(genesis, SampleLedger.Alice);
        Assert.Throws<MalformedBytesException>(() => alice.Build(SampleLedger.Start, SampleLedger.TakeNote(new string('x', TransactionLimits.Bytes))));
        Assert.Throws<MalformedBytesException>(() => alice.Build(SampleLedger.Start));
        Call[] calls = [.. Enumerable.Repeat(SampleLedger.TakeNote("x"), TransactionLimits.Calls + 1)];
        Assert.Throws<MalformedBytesException>(() => alice.Build(SampleLedger.Start, calls));
        Assert.Equal(TransactionLimits.Calls, alice.Build(SampleLedger.Start, calls[1..]).Calls.Count);
    }
}
