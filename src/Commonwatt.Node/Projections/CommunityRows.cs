using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Google.Protobuf;

namespace Commonwatt.Node.Projections;

/// <summary>Members, meters, assets, roles, rules, tariffs, limits, readings.</summary>
/// <param name="book">The community.</param>
/// <param name="session">Where rows go.</param>
/// <param name="money">The accounts.</param>
internal sealed class CommunityRows(CommunityBook book, ProjectionSession session, MoneyRows money)
{
    /// <summary>A member joined, or what is registered of him changed.</summary>
    public void Register(MemberRegistered registered, EventPlace place)
    {
        long number = registered.Id.Value;
        Contracts.Registry.Member member = registered.Member;
        if (book.Members.TryAdd(number, (place.Time, place.Height)))
        {
            money.Put(book.Add(new BookAccount(number, member.Address)));
        }

        (Instant since, ulong height) = book.Members[number];
        session.Put(
            ProjectedTables.Members, number, member.Connection, member.Generation, member.SharingWeight, member.SharingTier, member.IsSuspended, since, height, member.Address);
    }

    /// <summary>A role was granted or revoked.</summary>
    public void ChangeRole(RoleChanged changed, EventPlace place) =>
        session.Put(ProjectedTables.Roles, changed.Grant.Holder, (long)changed.Grant.Role, changed.Holds, place.Time);

    /// <summary>Other rules were announced.</summary>
    public void ChangeParameters(ParametersChanged changed, EventPlace place)
    {
        MarketParameters rules = changed.Parameters;
        book.Parameters[changed.From.UnixMilliseconds] = rules;
        session.Put(
            ProjectedTables.Parameters,
            changed.From,
            Milliseconds(rules.PeriodLength),
            Milliseconds(rules.ListingLead),
            Milliseconds(rules.GateLead),
            Milliseconds(rules.ReadingDeadline),
            Milliseconds(rules.CorrectionWindow),
            rules.Mechanism,
            (long)rules.Rationing,
            (long)rules.ReverseAuction,
            (long)rules.Imbalance,
            rules.ShortfallPenalty,
            rules.LocalGridFee,
            rules.SharingKey,
            rules.FixedPrice,
            place.Time,
            place.Height);
    }

    /// <summary>Another tariff was announced.</summary>
    public void ChangeTariff(TariffChanged changed, EventPlace place) =>
        session.Put(ProjectedTables.Tariffs, changed.From, changed.Rates.Retail, changed.Rates.FeedIn, place.Time, place.Height);

    /// <summary>A reading was taken in.</summary>
    public void Report(ReadingReported reported, EventPlace place) => session.Put(
        ProjectedTables.Reported, reported.Delivery, reported.Member.Value, reported.Import, reported.Export, reported.IsLate, place.Time, place.Height);

    /// <summary>What a call that was done changed, where no event says it.</summary>
    public void Take(Call call, EventPlace place)
    {
        ReadOnlySpan<byte> arguments = call.Arguments.Span;
        switch (call.Contract, call.Method)
        {
            case ("registry", "register-meter"):
                Register(WireMessage.Decode(RegisterMeter.Parser, arguments), place);
                break;
            case ("registry", "register-asset"):
                Register(WireMessage.Decode(RegisterAsset.Parser, arguments), place);
                break;
            case ("registry", "remove-asset"):
                Remove(WireMessage.Decode(RemoveAsset.Parser, arguments), place);
                break;
            case ("market", "set-network-limit"):
                var limit = WireMessage.Decode(SetNetworkLimit.Parser, arguments);
                session.Put(ProjectedTables.Limits, new Instant(limit.DeliveryMs), limit.PowerW, place.Time, place.Height);
                break;
            case ("market", "set-invoice-boundaries"):
                foreach (long at in WireMessage.Decode(SetInvoiceBoundaries.Parser, arguments).AtMs)
                {
                    session.Put(ProjectedTables.InvoiceBoundaries, new Instant(at), place.Height);
                }

                break;
        }
    }

    // One meter a member: the new one takes the place of the old.
    private void Register(RegisterMeter call, EventPlace place)
    {
        long member = MemberAt(call.Member);
        Address meter = AddressOf(call.Meter);
        Address? gateway = call.Gateway.IsEmpty || AddressOf(call.Gateway) == Address.Nobody ? null : AddressOf(call.Gateway);
        Instant since = place.Time;
        if (book.Meters.TryGetValue(member, out (Address Meter, Address? Gateway, Instant Since) old))
        {
            since = old.Meter == meter ? old.Since : since;
            session.Put(ProjectedTables.Meters, old.Meter, member, old.Gateway, old.Since, place.Time);
        }

        book.Meters[member] = (meter, gateway, since);
        session.Put(ProjectedTables.Meters, meter, member, gateway, since, null);
    }

    private void Register(RegisterAsset call, EventPlace place)
    {
        (long Member, string Name) key = (MemberAt(call.Member), call.Name);
        Instant since = book.Assets.TryGetValue(key, out (string Kind, long PowerW, Instant Since) known) ? known.Since : place.Time;
        book.Assets[key] = (call.Kind, call.PowerW, since);
        session.Put(ProjectedTables.Assets, key.Member, key.Name, call.Kind, call.PowerW, since, null);
    }

    private void Remove(RemoveAsset call, EventPlace place)
    {
        (long Member, string Name) key = (MemberAt(call.Member), call.Name);
        book.Assets.Remove(key, out (string Kind, long PowerW, Instant Since) known);
        session.Put(ProjectedTables.Assets, key.Member, key.Name, known.Kind, known.PowerW, known.Since, place.Time);
    }

    private long MemberAt(ByteString address) =>
        book.MemberAt(AddressOf(address)) ?? throw new InvalidDataException($"A call that was done names {AddressOf(address)} as a member, and no event registered him.");

    private static Address AddressOf(ByteString field) => new(field.Span);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
