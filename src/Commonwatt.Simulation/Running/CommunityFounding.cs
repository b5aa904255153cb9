using Commonwatt.Contracts.Wire;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Commonwatt.Markets.Settlement;
using Commonwatt.Simulation.Scenarios;
using Google.Protobuf;

namespace Commonwatt.Simulation.Running;

/// <summary>Founds a community on a new ledger, as its manager would: rules, members, assets, meters, money, and the start of the market.</summary>
/// <param name="data">The community.</param>
/// <param name="keys">Its keys.</param>
/// <param name="handover">How the ledger is left to a node that goes on with it, or null where the market stops with the scenario.</param>
internal sealed class CommunityFounding(CommunityData data, CommunityKeys keys, LedgerHandover? handover = null)
{
    private const long NoMetresLimit = 1_000_000_000;

    private static readonly TimeSpan TimeToFound = TimeSpan.FromHours(1);
    private static readonly TimeSpan CorrectionWindow = TimeSpan.FromDays(30);

    private readonly MarketRules market = data.Scenario.Market;

    /// <summary>When the ledger begins: an hour before the first listing opens.</summary>
    public Instant Start => data.Grid.Start - market.ListingLead - TimeToFound;

    /// <summary>The first block's content.</summary>
    public LedgerGenesis Genesis(bool hasSignatures)
    {
        var setUp = new SetUp { Manager = Bytes(keys.Manager().Address) };
        var validators = new ValidatorSet([new ValidatorMember(keys.Validator().PublicKey, Power: 1)]);
        return LedgerGenesis.Create(
            data.Scenario.Name,
            Start,
            validators,
            CommunityRules.Version,
            [TransactionBuilder.Call("governance", "set-up", setUp)],
            hasSignatures);
    }

    /// <summary>The manager's calls, in order.</summary>
    /// <param name="tariffs">The first announcement of tariffs.</param>
    public IEnumerable<Call> Calls(Call tariffs)
    {
        yield return TransactionBuilder.Call("governance", "set-parameters", Parameters());
        yield return tariffs;
        foreach (MemberData member in data.Members)
        {
            foreach (Call call in Register(member))
            {
                yield return call;
            }
        }

        foreach (Call call in Distances())
        {
            yield return call;
        }

        var boundaries = new SetInvoiceBoundaries();
        boundaries.AtMs.AddRange(BillingMonths.StartsWithin(data.Grid, handover?.InvoicesUntil ?? data.Grid.End).Select(start => start.UnixMilliseconds));
        yield return TransactionBuilder.Call("market", "set-invoice-boundaries", boundaries);
        yield return TransactionBuilder.Call("market", "start", new StartMarket { FirstDeliveryMs = data.Grid.Start.UnixMilliseconds });
        if (handover is null)
        {
            yield return TransactionBuilder.Call("market", "stop", new StopMarket { LastDeliveryMs = data.Grid.StartOf(data.Grid.Count - 1).UnixMilliseconds });
            yield break;
        }

        foreach (Call call in handover.FurtherCalls)
        {
            yield return call;
        }
    }

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());

    private SetParameters Parameters() => new()
    {
        FromMs = data.Grid.Start.UnixMilliseconds / TimeSpan.MillisecondsPerHour * TimeSpan.MillisecondsPerHour,
        PeriodMinutes = (uint)data.Grid.Length.TotalMinutes,
        ListingLeadMs = (long)market.ListingLead.TotalMilliseconds,
        GateLeadMs = (long)market.Gate.TotalMilliseconds,
        ReadingDeadlineMs = (long)market.ReadingDeadline.TotalMilliseconds,
        CorrectionWindowMs = (long)(market.ReadingDeadline + CorrectionWindow).TotalMilliseconds,
        Mechanism = market.Mechanism,
        RationsProRata = string.Equals(market.Rationing, "pro-rata", StringComparison.Ordinal),
        Imbalance = market.Imbalance == ImbalanceRule.Utility ? Imbalance.Utility : Imbalance.Pooled,
        ShortfallPenalty = market.ShortfallPenalty.MicrosPerKilowattHour,
        LocalGridFee = data.LocalGridFee.MicrosPerKilowattHour,
        SharingKey = market.SharingKey,
        HasFixedPrice = market.FixedPrice is not null,
        FixedPrice = (market.FixedPrice ?? Price.Zero).MicrosPerKilowattHour,
    };

    private IEnumerable<Call> Register(MemberData member)
    {
        ByteString address = Bytes(keys.Member(member.Id).Address);
        yield return TransactionBuilder.Call("registry", "register-member", new RegisterMember
        {
            Member = address,
            ConnectionW = member.ConnectionCapacity.Watts,
            SharingWeight = member.Rules.SharingWeight,
            SharingTier = (uint)member.Rules.SharingTier,
        });
        yield return TransactionBuilder.Call("registry", "register-meter", new RegisterMeter
        {
            Meter = Bytes(keys.Meter(member.Id)),
            Member = address,
            Gateway = Bytes(keys.Gateway().Address),
        });
        if (!member.GenerationCapacity.IsZero)
        {
            yield return Asset(address, "pv", member.GenerationCapacity);
        }

        if (member.Rules.Battery is { } battery)
        {
            yield return Asset(address, "battery", battery.Power);
        }

        if (!member.CreditLine.IsZero)
        {
            yield return TransactionBuilder.Call("wallet", "set-credit-line", new SetCreditLine { Member = address, Amount = member.CreditLine.Micros });
        }

        if (!member.Deposit.IsZero)
        {
            yield return TransactionBuilder.Call("wallet", "deposit", new Deposit { Member = address, Amount = member.Deposit.Micros });
        }
    }

    private static Call Asset(ByteString member, string kind, Power power) =>
        TransactionBuilder.Call("registry", "register-asset", new RegisterAsset { Member = member, Name = kind, Kind = kind, PowerW = power.Watts });

    private IEnumerable<Call> Distances()
    {
        if (!string.Equals(market.Mechanism, "nearest-neighbour", StringComparison.Ordinal))
        {
            yield break;
        }

        for (int one = 0; one < data.Members.Count; one++)
        {
            for (int other = one + 1; other < data.Members.Count; other++)
            {
                yield return TransactionBuilder.Call("registry", "set-distance", new SetDistance
                {
                    One = Bytes(keys.Member(data.Members[one].Id).Address),
                    Other = Bytes(keys.Member(data.Members[other].Id).Address),
                    Metres = long.Min(data.Distance(one, other), NoMetresLimit),
                });
            }
        }
    }
}
