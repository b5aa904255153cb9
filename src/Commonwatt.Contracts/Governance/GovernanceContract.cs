using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Governance;

/// <summary>Who may decide what, and what has been decided: roles, market parameters, tariffs, validators, versions of the rules.</summary>
public sealed partial class GovernanceContract : Contract
{
    // Counting what is announced reads all of it, and a transaction may make 20,000 reads and writes.
    private const int MostTariffChanges = 10_000;
    private const int MostParameterChanges = 100;
    private const int MostRoles = 1_000;

    private static readonly TimeSpan WholeHour = TimeSpan.FromHours(1);

    private readonly Table<RoleGrant, Count> roles;
    private readonly Table<TimeKey, MarketParameters> parameters;
    private readonly Table<TimeKey, TariffRates> tariffs;
    private readonly Table<Address, TimeKey> inUse;
    private readonly Table<Address, Count> struck;
    private readonly Table<Address, Count> byStake;

    /// <summary>The contract.</summary>
    public GovernanceContract()
        : base("governance")
    {
        roles = Table<RoleGrant, Count>("roles");
        parameters = Table<TimeKey, MarketParameters>("parameters");
        tariffs = Table<TimeKey, TariffRates>("tariffs");
        inUse = Table<Address, TimeKey>("in-use");
        struck = Table<Address, Count>("struck");
        byStake = Table<Address, Count>("by-stake");
        OnGenesis("set-up", SetUp.Parser, SetUpCommunity);
        On("grant-role", Wire.GrantRole.Parser, (context, call) => GrantRole(context, Addresses.From(call.Holder), call.Role));
        On("revoke-role", Wire.RevokeRole.Parser, (context, call) => RevokeRole(context, Addresses.From(call.Holder), call.Role));
        On("set-parameters", Wire.SetParameters.Parser, SetParameters);
        On("set-tariffs", Wire.SetTariffs.Parser, SetTariffs);
        On("set-validators", Wire.SetValidators.Parser, SetValidators);
        On("report-equivocation", Wire.ReportEquivocation.Parser, ReportEquivocation);
        On("set-rules", Wire.SetRules.Parser, SetRules);
    }

    /// <summary>Whether somebody holds a role.</summary>
    public bool Holds(StateReader state, Address holder, Role role) => roles.Has(state, new RoleGrant(holder, role));

    /// <summary>Whether somebody holds any role.</summary>
    public bool HoldsAny(StateReader state, Address holder) => Holds(state, holder, Role.Manager) || Holds(state, holder, Role.Dso);

    /// <summary>Refuses a call that only the community's manager may make.</summary>
    public Outcome RequireManager(CallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Holds(context, context.Sender, Role.Manager)
            ? Outcome.Done
            : Outcome.Refused("not-manager", $"Only the community's manager may do this; {context.Sender} is not.");
    }

    /// <summary>The rules for a delivery that starts at a time, or null where none are set.</summary>
    public MarketParameters? ParametersAt(StateReader state, Instant delivery) => InForce(parameters.All(state), delivery);

    /// <summary>The utility's prices at a time, or null where none are set.</summary>
    public TariffRates? TariffAt(StateReader state, Instant time)
    {
        IReadOnlyList<KeyValuePair<TimeKey, TariffRates>> all = tariffs.All(state);
        for (int index = all.Count - 1; index >= 0; index--)
        {
            if (all[index].Key.Time <= time)
            {
                return all[index].Value;
            }
        }

        return null;
    }

    /// <summary>The end of the last period that has opened: the rules of deliveries before it stand fast.</summary>
    public Instant RulesInUseUntil(StateReader state) => inUse.FindOr(state, Address.Nobody, default).Time;

    /// <summary>A period has opened: its rules stand fast.</summary>
    internal void UseRulesUntil(CallContext context, Instant end) => inUse.Put(context, Address.Nobody, new TimeKey(end));

    /// <summary>Forgets prices that no delivery from <paramref name="time"/> on needs, and rules that no late reading needs any more.</summary>
    internal void ForgetBefore(CallContext context, Instant time)
    {
        ForgetOutdated(context, tariffs, time);
        if (time.UnixMilliseconds > CommunityLimits.LongestCorrectionWindow.Ticks / TimeSpan.TicksPerMillisecond)
        {
            ForgetOutdated(context, parameters, time - CommunityLimits.LongestCorrectionWindow);
        }
    }

    private static void ForgetOutdated<T>(CallContext context, Table<TimeKey, T> table, Instant time)
        where T : ICanonical<T>
    {
        // Most often there is nothing to forget: the first entry alone tells.
        while (table.TryFirst(context, out TimeKey first, out _) && first.Time < time && HasSecondUpTo(context, table, time))
        {
            table.Remove(context, first);
        }
    }

    private static bool HasSecondUpTo<T>(CallContext context, Table<TimeKey, T> table, Instant time)
        where T : ICanonical<T>
    {
        IReadOnlyList<KeyValuePair<TimeKey, T>> all = table.All(context);
        return all.Count > 1 && all[1].Key.Time <= time;
    }

    private static T? InForce<T>(IReadOnlyList<KeyValuePair<TimeKey, T>> all, Instant time)
        where T : class
    {
        for (int index = all.Count - 1; index >= 0; index--)
        {
            if (all[index].Key.Time <= time)
            {
                return all[index].Value;
            }
        }

        return null;
    }

    private Outcome SetUpCommunity(CallContext context, SetUp call)
    {
        Put(context, new RoleGrant(Addresses.From(call.Manager), Role.Manager), holds: true);
        return Outcome.Done;
    }

    private Outcome GrantRole(CallContext context, Address holder, Role role)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (CheckRole(role) is { IsDone: false } wrong)
        {
            return wrong;
        }

        if (roles.All(context).Count >= MostRoles)
        {
            return Outcome.Refused("too-many", $"At most {MostRoles} roles are granted at a time: revoke one first.");
        }

        Put(context, new RoleGrant(holder, role), holds: true);
        return Outcome.Done;
    }

    private Outcome RevokeRole(CallContext context, Address holder, Role role)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (CheckRole(role) is { IsDone: false } wrong)
        {
            return wrong;
        }

        if (!Holds(context, holder, role))
        {
            return Outcome.Refused("not-held", $"{holder} does not hold this role.");
        }

        if (role == Role.Manager && roles.All(context).Count(grant => grant.Key.Role == Role.Manager) == 1)
        {
            return Outcome.Refused("last-manager", "A community keeps at least one manager: grant the role to another first.");
        }

        Put(context, new RoleGrant(holder, role), holds: false);
        return Outcome.Done;
    }

    private static Outcome CheckRole(Role role) => role is Role.Manager or Role.Dso
        ? Outcome.Done
        : Outcome.Refused("no-such-role", $"{(int)role} is no role: 1 is manager, 2 is DSO.");

    private void Put(CallContext context, RoleGrant grant, bool holds)
    {
        if (holds)
        {
            roles.Put(context, grant, new Count(context.Height));
        }
        else
        {
            roles.Remove(context, grant);
        }

        context.Emit(new RoleChanged(grant, holds));
    }

    private Outcome SetParameters(CallContext context, SetParameters call)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        var from = new Instant(call.FromMs);
        if (call.FromMs < 0 || !DeliveryPeriod.IsStart(from, WholeHour))
        {
            return Outcome.Refused("wrong-time", $"Rules change on the hour, so that no period is cut: {call.FromMs} ms is not on one.");
        }

        if (from < context.Time && parameters.TryFirst(context, out _, out _))
        {
            return Outcome.Refused("wrong-time", $"Rules change for deliveries to come: {from} is past.");
        }

        Instant used = RulesInUseUntil(context);
        if (from < used)
        {
            return Outcome.Refused("wrong-time", $"Deliveries up to {used} have opened by the rules in force: choose an hour from then on, not {from}.");
        }

        if (call.Imbalance is not (Imbalance.Pooled or Imbalance.Utility))
        {
            return Outcome.Refused("wrong-parameters", $"{(int)call.Imbalance} is no rule for deviations: 0 is pooled, 1 is utility.");
        }

        var chosen = MarketParameters.From(call);
        if (chosen.Check() is { IsDone: false } wrong)
        {
            return wrong;
        }

        parameters.Put(context, new TimeKey(from), chosen);
        context.Emit(new ParametersChanged(from, chosen));
        return parameters.All(context).Count <= MostParameterChanges
            ? Outcome.Done
            : Outcome.Refused("too-many", $"At most {MostParameterChanges} changes of the rules are kept, those of the last 400 days among them.");
    }

    private Outcome SetTariffs(CallContext context, SetTariffs call)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        foreach (TariffChange change in call.Changes)
        {
            var from = new Instant(change.FromMs);
            var rates = new TariffRates(new Price(change.Retail), new Price(change.FeedIn));
            if (change.FromMs < 0 || (from < context.Time && tariffs.TryFirst(context, out _, out _)))
            {
                return Outcome.Refused("wrong-time", $"Tariffs change for deliveries to come: {change.FromMs} ms is past.");
            }

            if (Price.Abs(rates.Retail) > CommunityLimits.HighestPrice || Price.Abs(rates.FeedIn) > CommunityLimits.HighestPrice)
            {
                return Outcome.Refused("wrong-price", $"A tariff is at most {CommunityLimits.HighestPrice.ToDecimal()} a kWh, above or below zero: {rates.Retail.ToDecimal()} and {rates.FeedIn.ToDecimal()} are given.");
            }

            tariffs.Put(context, new TimeKey(from), rates);
            context.Emit(new TariffChanged(from, rates));
        }

        return tariffs.All(context).Count <= MostTariffChanges
            ? Outcome.Done
            : Outcome.Refused("too-many", $"At most {MostTariffChanges} changes of tariff are kept ahead: announce them later.");
    }
}
