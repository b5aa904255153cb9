using System.Security.Cryptography;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Google.Protobuf;

namespace Commonwatt.Node.Demo;

/// <summary>An intake that keeps no raw readings: it reports each whole hour to the ledger, and forgets.</summary>
/// <param name="gateway">The gateway's transactions.</param>
/// <param name="submit">Sends a transaction on its way.</param>
/// <param name="clock">The community's clock.</param>
internal sealed class GatewayIntake(TransactionBuilder gateway, Action<SignedTransaction> submit, TimeProvider clock) : IReadingIntake
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<Address, HomeReading> lastHours = [];

    /// <inheritdoc/>
    public Task TakeAsync(IReadOnlyList<HomeReading> readings, CancellationToken cancel)
    {
        var call = new SubmitReadings();
        foreach (HomeReading reading in readings.Where(reading => DeliveryPeriod.IsStart(reading.At, Hour)))
        {
            if (lastHours.TryGetValue(reading.Meter, out HomeReading? before) && before.At + Hour == reading.At)
            {
                call.Readings.Add(Between(before, reading));
            }

            lastHours[reading.Meter] = reading;
        }

        if (call.Readings.Count > 0)
        {
            var now = Instant.From(clock.GetUtcNow());
            gateway.ContinueAfter((ulong)now.UnixMilliseconds);
            submit(gateway.Build(now, TransactionBuilder.Call("metering", "submit", call)));
        }

        return Task.CompletedTask;
    }

    // The ledger takes what went through the meter on balance, as it is settled.
    private static Reading Between(HomeReading before, HomeReading after)
    {
        long net = after.ImportWh - before.ImportWh - (after.ExportWh - before.ExportWh);
        return new Reading
        {
            Meter = ByteString.CopyFrom(after.Meter.ToArray()),
            DeliveryMs = before.At.UnixMilliseconds,
            ImportWh = long.Max(0, net),
            ExportWh = long.Max(0, -net),
            Commitment = ByteString.CopyFrom(ReadingCommitment.Of(RandomNumberGenerator.GetBytes(ReadingCommitment.SaltSize), BitConverter.GetBytes(net)).ToArray()),
        };
    }
}
