using System.Diagnostics;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Readings;
using Google.Protobuf;

namespace Commonwatt.Node.Tests.Readings;

public sealed class ThroughputTests
{
    private const int Meters = 10_000;

    [Fact(Explicit = true)]
    public async Task Ten_thousand_meters_a_minute_are_comfortable()
    {
        using var community = new SmallCommunity(periodMinutes: 15);
        Address[] meters = [.. Enumerable.Range(0, Meters).Select(index => Address.OfName($"meter {index}"))];
        foreach (int[] part in Enumerable.Range(0, Meters).Chunk(50))
        {
            foreach (int index in part)
            {
                ByteString member = ByteString.CopyFrom(Address.OfName($"member {index}").ToArray());
                community.Must(
                    [
                        TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = member, ConnectionW = 20_000 }),
                        TransactionBuilder.Call("registry", "register-meter", new RegisterMeter { Member = member, Meter = ByteString.CopyFrom(meters[index].ToArray()), Gateway = SmallCommunity.Bytes("gateway") }),
                    ]);
            }
        }

        community.At("13:16");
        var house = new MeterHouse(community);
        var watch = Stopwatch.StartNew();
        for (int minute = 0; minute <= 16; minute++)
        {
            Instant at = SmallCommunity.Time("13:00") + TimeSpan.FromMinutes(minute);
            long before = watch.ElapsedMilliseconds;
            foreach (Address[] part in meters.Chunk(ReadingsRequest.Most))
            {
                MeterReading[] readings = [.. part.Select(meter => new MeterReading(meter, at, 1_000 + (10 * minute), 0, 600, [new DeviceReading("home", "load", 600, null, 10 * minute)]))];
                Assert.All(house.Intake.Take(readings)!, Assert.Null);
            }

            TestContext.Current.TestOutputHelper!.WriteLine($"minute {minute}: {watch.ElapsedMilliseconds - before} ms");
        }

        long reported = watch.ElapsedMilliseconds;
        await house.Turns();
        TestContext.Current.TestOutputHelper!.WriteLine($"reporting: {watch.ElapsedMilliseconds - reported} ms in {community.Sent.Count} transactions");
        Assert.Equal(Meters, community.All<ReadingReported>().Count);
    }
}
