using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using NodaTime;

namespace Commonwatt.Node.Demo;

/// <summary>The utility's prices of the days to come, as the manager announces them.</summary>
internal static class StreetTariffs
{
    private const int DaysAhead = 3;

    // Before the transaction is in a block, some minutes pass on a fast clock; what is nearer was announced the day before.
    private static readonly TimeSpan Notice = TimeSpan.FromHours(1);

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[DemoStreet.TimeZone];

    /// <summary>A call with every change that is more than an hour after a moment, up to some days after it. Announcing a change again changes nothing.</summary>
    public static Call Announce(Instant now)
    {
        var call = new SetTariffs();
        LocalDate today = NodaTime.Instant.FromUnixTimeMilliseconds(now.UnixMilliseconds).InZone(Zone).Date;
        for (int day = 0; day < DaysAhead; day++)
        {
            foreach (TariffBand band in DemoStreet.Retail.Bands)
            {
                // A band that begins in the hour that a change of the clocks leaves out begins with the next.
                LocalDateTime local = today.PlusDays(day).At(new LocalTime(band.FromMinute / 60, band.FromMinute % 60));
                long from = local.InZoneLeniently(Zone).ToInstant().ToUnixTimeMilliseconds();
                if (from > (now + Notice).UnixMilliseconds)
                {
                    call.Changes.Add(new TariffChange { FromMs = from, Retail = band.Price.MicrosPerKilowattHour, FeedIn = DemoStreet.FeedIn.MicrosPerKilowattHour });
                }
            }
        }

        return TransactionBuilder.Call("governance", "set-tariffs", call);
    }
}
