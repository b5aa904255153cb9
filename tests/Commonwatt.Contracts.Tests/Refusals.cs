using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests;

/// <summary>What is refused, with which code and which sentence: at 12:10, with the listing for 13:00 open and an order of Ben's in it.</summary>
internal static class Refusals
{
    public static readonly Dictionary<string, (Func<TestCommunity, Reply> Call, string Answer)> Calls = new(StringComparer.Ordinal)
    {
        ["grant-role by a member"] = (
            c => c.Member("ben").Calls("governance", "grant-role", new GrantRole { Holder = c.Stranger.Bytes, Role = Role.Dso }),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["grant-role of no role"] = (
            c => c.Manager.Calls("governance", "grant-role", new GrantRole { Holder = c.Stranger.Bytes, Role = (Role)7 }),
            "no-such-role: 7 is no role: 1 is manager, 2 is DSO."),
        ["grant-role to half an address"] = (
            c => c.Manager.Calls("governance", "grant-role", new GrantRole { Holder = ByteString.CopyFrom(1, 2), Role = Role.Dso }),
            "malformed-arguments: The arguments of governance.grant-role are not its message in its one encoding."),
        ["revoke-role of no role"] = (
            c => c.Manager.Calls("governance", "revoke-role", new RevokeRole { Holder = c.Dso.Bytes, Role = (Role)300 }),
            "no-such-role: 300 is no role: 1 is manager, 2 is DSO."),
        ["revoke-role that is not held"] = (
            c => c.Manager.Calls("governance", "revoke-role", new RevokeRole { Holder = c.Gateway.Bytes, Role = Role.Dso }),
            "not-held: cw1bec6eda1e1d37ed3bcb2f75611efd5c98b567d7986482ca does not hold this role."),
        ["revoke-role of the last manager"] = (
            c => c.Manager.Calls("governance", "revoke-role", new RevokeRole { Holder = c.Manager.Bytes, Role = Role.Manager }),
            "last-manager: A community keeps at least one manager: grant the role to another first."),
        ["set-parameters by the DSO"] = (
            c => c.Dso.Calls("governance", "set-parameters", Rules(rules => { })),
            "not-manager: Only the community's manager may do this; cw8fa5944db03b5491abbf5c37bf7a57b5fd3eb5512864aa52 is not."),
        ["set-parameters off the hour"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.FromMs += 1)),
            "wrong-time: Rules change on the hour, so that no period is cut: 1717264800001 ms is not on one."),
        ["set-parameters before 1970"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.FromMs = -3_600_000)),
            "wrong-time: Rules change on the hour, so that no period is cut: -3600000 ms is not on one."),
        ["set-parameters for the past"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.FromMs = 0)),
            "wrong-time: Rules change for deliveries to come: 1970-01-01T00:00:00Z is past."),
        ["set-parameters for an open period"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.FromMs = At("13:00"))),
            "wrong-time: Deliveries up to 2024-06-01T14:00:00Z have opened by the rules in force: choose an hour from then on, not 2024-06-01T13:00:00Z."),
        ["set-parameters with a length of 7 minutes"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.PeriodMinutes = 7)),
            "wrong-parameters: A delivery period lasts 5, 10, 15, 30 or 60 minutes, not 7."),
        ["set-parameters with a gate before the listing"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.GateLeadMs = rules.ListingLeadMs)),
            "wrong-parameters: Orders open before the gate closes, the gate closes before delivery, and both within 7 days: they are given as 01:00:00 and 01:00:00 before delivery."),
        ["set-parameters with a gate after delivery began"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.GateLeadMs = -1)),
            "wrong-parameters: Orders open before the gate closes, the gate closes before delivery, and both within 7 days: they are given as 01:00:00 and -00:00:00.0010000 before delivery."),
        ["set-parameters with a listing lead beyond any time span"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.ListingLeadMs = long.MaxValue)),
            "wrong-parameters: Orders open before the gate closes, the gate closes before delivery, and both within 7 days: they are given as 11574.01:46:40 and 00:05:00 before delivery."),
        ["set-parameters with a deadline of 31 days"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.ReadingDeadlineMs = TestCommunity.Minutes(31 * 24 * 60))),
            "wrong-parameters: Readings are due some time after delivery, for they come after it, and within 30 days, not 31.00:00:00."),
        ["set-parameters without time for readings"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.ReadingDeadlineMs = 0)),
            "wrong-parameters: Readings are due some time after delivery, for they come after it, and within 30 days, not 00:00:00."),
        ["set-parameters with a window below the deadline"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.CorrectionWindowMs = 0)),
            "wrong-parameters: Late readings make corrections for some time after the deadline and for 400 days at most, not 00:00:00."),
        ["set-parameters with an unknown mechanism"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.Mechanism = "lottery")),
            "wrong-parameters: 'lottery' is no mechanism: choose one of pay-as-clear, uniform-midpoint, pair-midpoint, pay-as-bid, average-bid-fifo, reverse-auction, trade-reduction, nearest-neighbour, sharing-key."),
        ["set-parameters with an unknown sharing key"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.SharingKey = "")),
            "wrong-parameters: '' is no sharing key: choose one of dynamic, static, tiered."),
        ["set-parameters with an unknown imbalance rule"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.Imbalance = (Imbalance)5)),
            "wrong-parameters: 5 is no rule for deviations: 0 is pooled, 1 is utility."),
        ["set-parameters with a negative penalty"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.ShortfallPenalty = -1)),
            "wrong-parameters: The shortfall penalty is -0.000001 a kWh: it must be 0 to 100000.000000."),
        ["set-parameters with a grid fee above the highest"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => rules.LocalGridFee = 100_000_000_001)),
            "wrong-parameters: The local grid fee is 100000.000001 a kWh: it must be 0 to 100000.000000."),
        ["set-parameters with a negative fixed price"] = (
            c => c.Manager.Calls("governance", "set-parameters", Rules(rules => (rules.HasFixedPrice, rules.FixedPrice) = (true, -1))),
            "wrong-parameters: The fixed price is -0.000001 a kWh: it must be 0 to 100000.000000."),
        ["set-tariffs by a stranger to the role"] = (
            c => c.Member("anna").Calls("governance", "set-tariffs", TestCommunity.Tariff(At("15:00"), 0.2m, 0.1m)),
            "not-manager: Only the community's manager may do this; cwa316ee02887ee822f58fb2851f05a87c76e24a0d210b021e is not."),
        ["set-tariffs for the past"] = (
            c => c.Manager.Calls("governance", "set-tariffs", TestCommunity.Tariff(At("12:09"), 0.2m, 0.1m)),
            "wrong-time: Tariffs change for deliveries to come: 1717243740000 ms is past."),
        ["set-tariffs with a retail tariff beyond the highest"] = (
            c => c.Manager.Calls("governance", "set-tariffs", TestCommunity.Tariff(At("15:00"), -100_000.000001m, 0.1m)),
            "wrong-price: A tariff is at most 100000.000000 a kWh, above or below zero: -100000.000001 and 0.100000 are given."),
        ["set-validators without one"] = (
            c => c.Manager.Calls("governance", "set-validators", new SetValidators()),
            "wrong-validators: A validator set has 1 to 1000 validators, each once, each with a voting power of 1 to 2147483647."),
        ["set-validators with a key that is none"] = (
            c => c.Manager.Calls("governance", "set-validators", new SetValidators { Validators = { new ValidatorPower { Power = 1 } } }),
            "malformed-arguments: The arguments of governance.set-validators are not its message in its one encoding."),
        ["report-equivocation of nothing"] = (
            c => c.Member("ben").Calls("governance", "report-equivocation", new ReportEquivocation()),
            "wrong-evidence: These bytes are no evidence: it takes two votes of one validator for two headers of one ledger and height, the header with the lesser hash first."),
        ["set-terms of staking by a member"] = (
            c => c.Member("ben").Calls("staking", "set-terms", Staking(terms => { })),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["set-terms of staking with a minimum of nothing"] = (
            c => c.Manager.Calls("staking", "set-terms", Staking(terms => terms.MinimumStake = 0)),
            "wrong-terms: The least stake is 0.000001 to 1000000000.000000, not 0.000000."),
        ["set-terms of staking that mature at once"] = (
            c => c.Manager.Calls("staking", "set-terms", Staking(terms => terms.MaturityMs = 0)),
            "wrong-terms: A stake counts fully after a minute at least and ten years at most: 60000 to 316224000000 ms, not 0."),
        ["set-terms of staking with a recount every millisecond"] = (
            c => c.Manager.Calls("staking", "set-terms", Staking(terms => terms.RecountMs = 1)),
            "wrong-terms: Votes are counted anew every minute at most and every year at least: 60000 to 31622400000 ms, not 1."),
        ["set-terms of staking that give money back before the next recount"] = (
            c => c.Manager.Calls("staking", "set-terms", Staking(terms => terms.UnbondingMs = terms.RecountMs - 1)),
            "wrong-terms: Money stays for one recount at least, so that nobody votes with what he has back, and a year at most: 604800000 to 31622400000 ms, not 604799999."),
        ["switch-off of staking by a member"] = (
            c => c.Member("ben").Calls("staking", "switch-off", new SwitchOffStaking()),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["switch-off of staking that is off"] = (
            c => c.Manager.Calls("staking", "switch-off", new SwitchOffStaking()),
            "staking-off: The manager decides who votes on this ledger, not stake. He may change that (staking.set-terms)."),
        ["bond while staking is off"] = (
            c => c.Member("ben").Calls("staking", "bond", new BondStake { Amount = 1 }),
            "staking-off: The manager decides who votes on this ledger, not stake. He may change that (staking.set-terms)."),
        ["unbond what is not there"] = (
            c => c.Member("ben").Calls("staking", "unbond", new UnbondStake { Amount = 1 }),
            "no-stake: cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 stakes nothing."),
        ["recount by hand"] = (
            c => c.Manager.Calls("staking", "recount", new RecountStakes()),
            "no-such-method: The contract 'staking' has no method 'recount' for a Transaction to call."),
        ["set-rules for a height that is past"] = (
            c => c.Manager.Calls("governance", "set-rules", new SetRules { Version = 1, Height = 3 }),
            "wrong-height: A version of the rules, from 1, takes force at a height above 21: version 1 at 3 does not."),
        ["register-member by a member"] = (
            c => c.Member("ben").Calls("registry", "register-member", new RegisterMember { Member = c.Stranger.Bytes, ConnectionW = 1 }),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["register-member without a connection"] = (
            c => c.Manager.Calls("registry", "register-member", new RegisterMember { Member = c.Stranger.Bytes }),
            "wrong-capacity: A connection carries more than 0 kW and at most 1000000.000 kW, not 0.000 kW."),
        ["register-member with a negative weight"] = (
            c => c.Manager.Calls("registry", "register-member", new RegisterMember { Member = c.Stranger.Bytes, ConnectionW = 1, SharingWeight = -1 }),
            "wrong-share: A sharing weight is 0 to 1000000000 and a tier 0 to 100."),
        ["register-member at the utility's address"] = (
            c => c.Manager.Calls("registry", "register-member", new RegisterMember { Member = Bytes(CommunityAccounts.Utility), ConnectionW = 1 }),
            "wrong-address: cwcf1f0e16c0684d4d126f08c3923d57de57a7ad58915d9fa1 is nobody's or an account of the community's own: a member has an address of a key."),
        ["suspend-member of a stranger"] = (
            c => c.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = c.Stranger.Bytes }),
            "no-such-member: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is no member of this community: register the member first."),
        ["register-asset of a stranger"] = (
            c => c.Manager.Calls("registry", "register-asset", new RegisterAsset { Member = c.Stranger.Bytes, Name = "roof", Kind = "pv", PowerW = 1 }),
            "no-such-member: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is no member of this community: register the member first."),
        ["register-asset that takes power"] = (
            c => c.Manager.Calls("registry", "register-asset", new RegisterAsset { Member = c.Member("ben").Bytes, Name = "roof", Kind = "pv", PowerW = -1 }),
            "wrong-capacity: An asset delivers more than 0 kW and at most 1000000.000 kW, not -0.001 kW."),
        ["register-asset of an unknown kind"] = (
            c => c.Manager.Calls("registry", "register-asset", new RegisterAsset { Member = c.Member("ben").Bytes, Name = "roof", Kind = "reactor", PowerW = 1 }),
            "wrong-asset: An asset has a name of 1 to 64 characters and a kind out of pv, wind, battery, chp, other."),
        ["remove-asset that is not there"] = (
            c => c.Manager.Calls("registry", "remove-asset", new RemoveAsset { Member = c.Member("ben").Bytes, Name = "roof" }),
            "no-such-asset: cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 has no asset 'roof'."),
        ["register-meter of a stranger"] = (
            c => c.Manager.Calls("registry", "register-meter", new RegisterMeter { Member = c.Stranger.Bytes, Meter = c.Gateway.Bytes }),
            "no-such-member: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is no member of this community: register the member first."),
        ["register-meter of another member"] = (
            c => c.Manager.Calls("registry", "register-meter", new RegisterMeter { Member = c.Member("ben").Bytes, Meter = c.Member("anna").Meter.Bytes }),
            "meter-taken: The meter cw70dc2808afc50eee30dd71f4d12d1289c4311a91ee2789a1 is registered for another member."),
        ["set-distance below zero"] = (
            c => c.Manager.Calls("registry", "set-distance", new SetDistance { One = c.Member("ben").Bytes, Other = c.Member("anna").Bytes, Metres = -5 }),
            "wrong-distance: A distance is 0 to 1000000000 metres, not -5."),
        ["set-distance to a stranger"] = (
            c => c.Manager.Calls("registry", "set-distance", new SetDistance { One = c.Member("ben").Bytes, Other = c.Stranger.Bytes, Metres = 5 }),
            "no-such-member: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is no member of this community: register the member first."),
        ["deposit by a member"] = (
            c => c.Member("ben").Calls("wallet", "deposit", new Deposit { Member = c.Member("ben").Bytes, Amount = 1 }),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["deposit of nothing"] = (
            c => c.Manager.Calls("wallet", "deposit", new Deposit { Member = c.Member("ben").Bytes }),
            "wrong-amount: The amount is 0.000001 to 1000000000.000000, not 0.000000."),
        ["deposit beyond the most"] = (
            c => c.Manager.Calls("wallet", "deposit", new Deposit { Member = c.Member("ben").Bytes, Amount = long.MaxValue }),
            "wrong-amount: The amount is 0.000001 to 1000000000.000000, not 9223372036854.775807."),
        ["deposit to the world outside"] = (
            c => c.Manager.Calls("wallet", "deposit", new Deposit { Member = Bytes(CommunityAccounts.Outside), Amount = 5 }),
            "no-such-member: cw28144d8452698ad93df16e6e1bd72c7955b38316758f9b4d is no member of this community: register the member first."),
        ["withdraw more than is there"] = (
            c => c.Manager.Calls("wallet", "withdraw", new Withdraw { Member = c.Member("ben").Bytes, Amount = 100_000_001 }),
            "insufficient-funds: 100.000001 is to be paid out, and 99.900000 is free."),
        ["set-credit-line below zero"] = (
            c => c.Manager.Calls("wallet", "set-credit-line", new SetCreditLine { Member = c.Member("ben").Bytes, Amount = -1 }),
            "wrong-amount: The amount is 0.000000 to 1000000000.000000, not -0.000001."),
        ["transfer to a stranger"] = (
            c => c.Member("ben").Calls("wallet", "transfer", new Transfer { To = c.Stranger.Bytes, Amount = 1 }),
            "no-such-member: Money is transferred from a member to a member of this community."),
        ["transfer of less than nothing"] = (
            c => c.Member("ben").Calls("wallet", "transfer", new Transfer { To = c.Member("anna").Bytes, Amount = -1 }),
            "wrong-amount: A transfer is of more than zero, not -0.000001."),
        ["transfer of more than is there"] = (
            c => c.Member("ben").Calls("wallet", "transfer", new Transfer { To = c.Member("anna").Bytes, Amount = 250_000_000 }),
            "insufficient-funds: 250.000000 is to be transferred, and 99.900000 is free: 150.100000 is missing."),
        ["submit nothing"] = (
            c => c.Gateway.Calls("metering", "submit", new SubmitReadings()),
            "no-readings: The call holds no readings."),
        ["submit for an unknown meter"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.Meter = c.Stranger.Bytes)),
            "no-such-meter: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is no meter of this community: register it first."),
        ["submit for somebody else's meter"] = (
            c => c.Member("ben").Calls("metering", "submit", Reading(c, reading => { })),
            "not-the-meter: Only the meter cw70dc2808afc50eee30dd71f4d12d1289c4311a91ee2789a1 or its gateway may report for it."),
        ["submit off the grid"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.DeliveryMs = At("11:30"))),
            "wrong-period: 1717241400000 ms is not the start of a delivery period."),
        ["submit before 1970"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.DeliveryMs = long.MinValue)),
            "wrong-period: -9223372036854775808 ms is not the start of a delivery period."),
        ["submit before the end"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.DeliveryMs = At("12:00"))),
            "too-early: The period 2024-06-01T12:00:00Z/2024-06-01T13:00:00Z is not over at 2024-06-01T12:10:00Z: report it afterwards."),
        ["submit for the far future"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.DeliveryMs = long.MaxValue)),
            "too-early: A period that starts at 9223372036854775807 ms after 1970-01-01T00:00:00Z is not over at 2024-06-01T12:10:00Z: report it afterwards."),
        ["submit for long ago"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.DeliveryMs = 0)),
            "too-late: The period 1970-01-01T00:00:00Z/1970-01-01T01:00:00Z is more than 40 days ago: its reading is of no use any more."),
        ["submit less than nothing"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.ImportWh = -1)),
            "impossible-reading: A meter counts import and export from zero up: -0.001 kWh and 0.000 kWh are given."),
        ["submit more than the connection carries"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.ExportWh = 20_001)),
            "impossible-reading: A connection of 20.000 kW carries at most 20.000 kWh in this period: 1.000 kWh in and 20.001 kWh out are given."),
        ["submit without a commitment"] = (
            c => c.Gateway.Calls("metering", "submit", Reading(c, reading => reading.Commitment = ByteString.Empty)),
            "malformed-arguments: The arguments of metering.submit are not its message in its one encoding."),
        ["grant of a mandate by the manager"] = (
            c => c.Manager.Calls("mandate", "grant", Mandate(c, mandate => { })),
            "not-a-member: Members give mandates, and cw2b5777dc806e7426a3d1a24d87204451245e3050d75a4b09 is none."),
        ["grant of a mandate to oneself"] = (
            c => Grants(c, mandate => mandate.Agent = c.Member("ben").Bytes),
            "wrong-agent: cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 cannot be your agent: it is somebody else with a key of his own."),
        ["grant of a mandate to nobody"] = (
            c => Grants(c, mandate => mandate.Agent = ByteString.CopyFrom(new byte[20])),
            "wrong-agent: cw0000000000000000000000000000000000000000bb94e50d cannot be your agent: it is somebody else with a key of his own."),
        ["grant of a mandate to the utility"] = (
            c => Grants(c, mandate => mandate.Agent = Bytes(CommunityAccounts.Utility)),
            "wrong-agent: cwcf1f0e16c0684d4d126f08c3923d57de57a7ad58915d9fa1 cannot be your agent: it is somebody else with a key of his own."),
        ["grant of a mandate to do nothing"] = (
            c => Grants(c, mandate => mandate.Sides = 0),
            "wrong-side: An agent buys (1), sells (2) or does both (3): 0 is none of these."),
        ["grant of a mandate for side 257"] = (
            c => Grants(c, mandate => mandate.Sides = 257),
            "wrong-side: An agent buys (1), sells (2) or does both (3): 257 is none of these."),
        ["grant of a mandate below a price of zero"] = (
            c => Grants(c, mandate => mandate.LowestPrice = -1),
            "wrong-price: Prices go from the lowest to the highest, within 0 and 100000.000000 a kWh: -0.000001 to 0.200000 are given."),
        ["grant of a mandate with the prices changed over"] = (
            c => Grants(c, mandate => mandate.HighestPrice = 79_999),
            "wrong-price: Prices go from the lowest to the highest, within 0 and 100000.000000 a kWh: 0.080000 to 0.079999 are given."),
        ["grant of a mandate above the highest price"] = (
            c => Grants(c, mandate => mandate.HighestPrice = long.MaxValue),
            "wrong-price: Prices go from the lowest to the highest, within 0 and 100000.000000 a kWh: 0.080000 to 9223372036854.775807 are given."),
        ["grant of a mandate for no energy"] = (
            c => Grants(c, mandate => mandate.MostWhPerHour = 0),
            "wrong-quantity: An agent trades more than 0 kWh an hour and at most 1000000.000 kWh, not 0.000 kWh."),
        ["grant of a mandate for all the energy there is"] = (
            c => Grants(c, mandate => mandate.MostWhPerHour = long.MaxValue),
            "wrong-quantity: An agent trades more than 0 kWh an hour and at most 1000000.000 kWh, not 9223372036854775.807 kWh."),
        ["grant of a mandate that has ended"] = (
            c => Grants(c, mandate => mandate.UntilMs = At("12:00")),
            "wrong-time: A mandate ends after it begins, in the future and within 400 days: it is given from 1970-01-01T00:00:00Z until 2024-06-01T12:00:00Z."),
        ["grant of a mandate for ever"] = (
            c => Grants(c, mandate => mandate.UntilMs = long.MaxValue),
            "wrong-time: A mandate ends after it begins, in the future and within 400 days: it is given from 1970-01-01T00:00:00Z until 9223372036854775807 ms after 1970-01-01T00:00:00Z."),
        ["grant of a mandate that ends as it begins"] = (
            c => Grants(c, mandate => (mandate.FromMs, mandate.UntilMs) = (At("15:00"), At("15:00"))),
            "wrong-time: A mandate ends after it begins, in the future and within 400 days: it is given from 2024-06-01T15:00:00Z until 2024-06-01T15:00:00Z."),
        ["grant of a mandate that ends off the hour"] = (
            c => Grants(c, mandate => mandate.UntilMs = At("15:30")),
            "wrong-time: A mandate ends on the hour, so that it cuts no delivery: 2024-06-01T15:30:00Z is not on one."),
        ["withdraw a mandate that was not given"] = (
            c => c.Member("ben").Calls("mandate", "withdraw", new WithdrawMandate()),
            "no-mandate: cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 has given no mandate, or it has ended."),
        ["end mandates by hand"] = (
            c => c.Manager.Calls("mandate", "end", new EndMandates()),
            "no-such-method: The contract 'mandate' has no method 'end' for a Transaction to call."),
        ["place for a member without his mandate"] = (
            c => c.Member("anna").Calls("market", "place", Order(order => order.ForMember = c.Member("ben").Bytes)),
            "no-mandate: cwa316ee02887ee822f58fb2851f05a87c76e24a0d210b021e holds no mandate of cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 at 2024-06-01T12:10:00Z."),
        ["place for nobody that is a member"] = (
            c => c.Member("anna").Calls("market", "place", Order(order => order.ForMember = c.Stranger.Bytes)),
            "not-a-member: Orders are for members who are not suspended: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is none."),
        ["place for half an address"] = (
            c => c.Member("anna").Calls("market", "place", Order(order => order.ForMember = ByteString.CopyFrom(1, 2))),
            "malformed-arguments: The arguments of market.place are not its message in its one encoding."),
        ["withdraw for a member without his mandate"] = (
            c => c.Member("anna").Calls("market", "withdraw", new WithdrawOrder { DeliveryMs = At("13:00"), Label = 9, ForMember = c.Member("ben").Bytes }),
            "no-mandate: cwa316ee02887ee822f58fb2851f05a87c76e24a0d210b021e holds no mandate of cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 at 2024-06-01T12:10:00Z."),
        ["start what runs"] = (
            c => c.Manager.Calls("market", "start", new StartMarket { FirstDeliveryMs = At("20:00") }),
            "already-started: The market runs already."),
        ["start by a member"] = (
            c => c.Member("ben").Calls("market", "start", new StartMarket { FirstDeliveryMs = At("20:00") }),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["stop by a member"] = (
            c => c.Member("ben").Calls("market", "stop", new StopMarket()),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["place without a listing"] = (
            c => Places(c, order => order.DeliveryMs = At("15:00")),
            "no-listing: There is no open listing for a delivery that starts at 2024-06-01T15:00:00Z."),
        ["place beyond the calendar"] = (
            c => Places(c, order => order.DeliveryMs = long.MaxValue),
            "no-listing: There is no open listing for a delivery that starts at 9223372036854775807 ms after 1970-01-01T00:00:00Z."),
        ["place without a label"] = (
            c => Places(c, order => order.Label = 0),
            "wrong-label: An order's label is 1 to 16, not 0."),
        ["place with label 17"] = (
            c => Places(c, order => order.Label = 17),
            "wrong-label: An order's label is 1 to 16, not 17."),
        ["place without a side"] = (
            c => Places(c, order => order.Side = OrderSide.Unspecified),
            "wrong-side: An order buys (1) or sells (2): 0 is neither."),
        ["place an order for nothing"] = (
            c => Places(c, order => order.QuantityWh = 0),
            "wrong-quantity: An order is for more than 0 kWh, not 0.000 kWh."),
        ["place an order for less than nothing"] = (
            c => Places(c, order => order.QuantityWh = long.MinValue),
            "wrong-quantity: An order is for more than 0 kWh, not -9223372036854775.808 kWh."),
        ["place below a price of zero"] = (
            c => Places(c, order => order.LimitPrice = -1),
            "wrong-price: A limit price is 0 to 100000.000000 a kWh, not -0.000001."),
        ["place above the highest price"] = (
            c => Places(c, order => order.LimitPrice = long.MaxValue),
            "wrong-price: A limit price is 0 to 100000.000000 a kWh, not 9223372036854.775807."),
        ["place as much as a long holds"] = (
            c => Places(c, order => order.QuantityWh = long.MaxValue),
            "over-capacity: Your connection of 20.000 kW carries 20.000 kWh in this period: bids for 9223372036854775.807 kWh exceed it."),
        ["place by the manager"] = (
            c => c.Manager.Calls("market", "place", Order(order => { })),
            "not-a-member: Orders are for members who are not suspended: cw2b5777dc806e7426a3d1a24d87204451245e3050d75a4b09 is none."),
        ["place what one has no money for"] = (
            c => Places(c, order => (order.QuantityWh, order.LimitPrice) = (10_000, 12_000_000)),
            "insufficient-funds: This order sets 120.000000 aside, and 99.900000 is available: 20.100000 is missing. Ask the manager to book a deposit, or bid for less."),
        ["place under a label that is taken"] = (
            c => Places(c, order => order.Label = 9),
            "label-taken: You have an order 9 in this listing already: replace it, or give the new one another label."),
        ["replace what is not there"] = (
            c => c.Member("ben").Calls("market", "replace", new ReplaceOrder { DeliveryMs = At("13:00"), Label = 2, Side = OrderSide.Buy, QuantityWh = 1 }),
            "no-such-order: You have no order 2 in this listing to replace."),
        ["withdraw what is not there"] = (
            c => c.Member("ben").Withdraws(label: 2),
            "no-such-order: You have no order 2 in the listing for 2024-06-01T13:00:00Z."),
        ["withdraw under label 265"] = (
            c => c.Member("ben").Withdraws(label: 265),
            "no-such-order: You have no order 265 in the listing for 2024-06-01T13:00:00Z."),
        ["set-network-limit by the manager"] = (
            c => c.Manager.Calls("market", "set-network-limit", new SetNetworkLimit { DeliveryMs = At("13:00") }),
            "not-dso: Only the operator of the grid sets its limits; cw2b5777dc806e7426a3d1a24d87204451245e3050d75a4b09 is not."),
        ["set-network-limit without a listing"] = (
            c => c.Dso.Calls("market", "set-network-limit", new SetNetworkLimit { DeliveryMs = At("14:00") }),
            "no-listing: There is no open listing for a delivery that starts at 2024-06-01T14:00:00Z: a limit must be there before the gate closes."),
        ["set-network-limit below zero"] = (
            c => c.Dso.Calls("market", "set-network-limit", new SetNetworkLimit { DeliveryMs = At("13:00"), PowerW = -1 }),
            "wrong-limit: A limit is 0 kW or more, not -0.001 kW."),
        ["correct what is not settled"] = (
            c => c.Member("ben").Calls("market", "correct", new CorrectPeriod { DeliveryMs = At("13:00") }),
            "not-correctable: The delivery at 2024-06-01T13:00:00Z was settled without estimates, is not settled yet, or is too long ago."),
        ["set-invoice-boundaries by a member"] = (
            c => c.Member("ben").Calls("market", "set-invoice-boundaries", new SetInvoiceBoundaries()),
            "not-manager: Only the community's manager may do this; cw44d8434ff824b4de8d64dbf1ef4a7f6421a165e49e1bb4e5 is not."),
        ["set-invoice-boundaries in the past"] = (
            c => c.Manager.Calls("market", "set-invoice-boundaries", new SetInvoiceBoundaries { AtMs = { 1 } }),
            "wrong-time: An invoice ends in the future: 1 ms is past."),
        ["settle by hand"] = (
            c => c.Manager.Calls("market", "settle", new PeriodStep { DeliveryMs = At("13:00") }),
            "no-such-method: The contract 'market' has no method 'settle' for a Transaction to call."),
        ["set-up by hand"] = (
            c => c.Manager.Calls("governance", "set-up", new SetUp { Manager = c.Manager.Bytes }),
            "no-such-method: The contract 'governance' has no method 'set-up' for a Transaction to call."),
        ["a contract that is not there"] = (
            c => c.Manager.Calls("lottery", "draw", new SetUp()),
            "no-such-contract: There is no contract 'lottery' on this ledger."),
        ["a call by a stranger"] = (
            c => c.Stranger.Calls("market", "correct", new CorrectPeriod()),
            "unknown-sender: cw9c9bc366ecbe7f4a30fa5c3b8df82f31e7449c546fd9d2aa is not known to this community: the manager registers members, meters and roles."),
    };

    private static long At(string time) => TestCommunity.Time(time).UnixMilliseconds;

    private static ByteString Bytes(Ledger.Keys.Address address) => ByteString.CopyFrom(address.ToArray());

    private static SetParameters Rules(Action<SetParameters> change)
    {
        SetParameters rules = TestCommunity.Parameters();
        rules.FromMs = At("18:00");
        change(rules);
        return rules;
    }

    private static SetStakingTerms Staking(Action<SetStakingTerms> change)
    {
        SetStakingTerms terms = Contracts.Tests.Staking.StakingTests.Terms();
        change(terms);
        return terms;
    }

    private static PlaceOrder Order(Action<PlaceOrder> change)
    {
        var order = new PlaceOrder { DeliveryMs = At("13:00"), Label = 1, Side = OrderSide.Buy, QuantityWh = 1000, LimitPrice = 100_000 };
        change(order);
        return order;
    }

    // The one that a member gives in the issue of mandates: between 0.08 and 0.20, at most 5 kWh an hour.
    private static GrantMandate Mandate(TestCommunity community, Action<GrantMandate> change)
    {
        GrantMandate mandate = Contracts.Tests.Mandates.MandateTests.Mandate(community.Person("robot"));
        change(mandate);
        return mandate;
    }

    private static Reply Grants(TestCommunity community, Action<GrantMandate> change) => community.Member("ben").Calls("mandate", "grant", Mandate(community, change));

    private static Reply Places(TestCommunity community, Action<PlaceOrder> change) => community.Member("ben").Calls("market", "place", Order(change));

    private static SubmitReadings Reading(TestCommunity community, Action<Reading> change)
    {
        SubmitReadings call = community.Member("anna").Reading(import: 1, delivery: TestCommunity.Time("11:00"));
        change(call.Readings[0]);
        return call;
    }
}
