using System.Buffers.Binary;
using Commonwatt.Agents;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Simulation.Scenarios;
using Google.Protobuf;

namespace Commonwatt.Simulation.Running;

/// <summary>Reports what the members' meters counted, once a period is over.</summary>
internal sealed class MeterGateway
{
    // A reading takes about 100 bytes, and a transaction holds 64 KiB.
    private const int ReadingsInTransaction = 400;

    private readonly IReadOnlyList<MemberData> members;
    private readonly ByteString[] meters;
    private readonly TransactionBuilder sender;
    private SeededRandom salts;

    /// <summary>A gateway for these members' meters.</summary>
    public MeterGateway(IReadOnlyList<MemberData> members, Func<string, Address> meterOf, TransactionBuilder sender, ulong seed)
    {
        this.members = members;
        this.sender = sender;
        meters = [.. members.Select(member => ByteString.CopyFrom(meterOf(member.Id).ToArray()))];
        salts = new SeededRandom(SeededRandom.Mix(seed, "salts of readings"));
    }

    /// <summary>The transactions that report a period. A meter whose reading is missing in the data reports nothing.</summary>
    /// <param name="period">The period's index.</param>
    /// <param name="delivery">Its start.</param>
    /// <param name="now">The time, after its end.</param>
    public IEnumerable<SignedTransaction> Report(int period, Instant delivery, Instant now)
    {
        var call = new SubmitReadings();
        for (int index = 0; index < meters.Length; index++)
        {
            if (members[index].States[period] != ReadingState.Missing)
            {
                call.Readings.Add(Read(index, period, delivery));
            }

            if (call.Readings.Count == ReadingsInTransaction)
            {
                yield return sender.Build(now, TransactionBuilder.Call("metering", "submit", call));
                call = new SubmitReadings();
            }
        }

        if (call.Readings.Count > 0)
        {
            yield return sender.Build(now, TransactionBuilder.Call("metering", "submit", call));
        }
    }

    private Reading Read(int index, int period, Instant delivery)
    {
        int net = members[index].Net[period];
        return new Reading
        {
            Meter = meters[index],
            DeliveryMs = delivery.UnixMilliseconds,
            ImportWh = int.Max(net, 0),
            ExportWh = -(long)int.Min(net, 0),
            Commitment = Commit(net),
        };
    }

    // The raw reading and its salt stay outside the ledger; a simulation has them in its data and its seed.
    private ByteString Commit(int net)
    {
        Span<byte> salt = stackalloc byte[ReadingCommitment.SaltSize];
        for (int offset = 0; offset < salt.Length; offset += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(salt[offset..], salts.NextBits());
        }

        Span<byte> raw = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(raw, net);
        return ByteString.CopyFrom(ReadingCommitment.Of(salt, raw).ToArray());
    }
}
