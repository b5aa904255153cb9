using Commonwatt.Contracts;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads the rules of the market and of the wallets.</summary>
internal static class MarketReader
{
    private static readonly string[] ImbalanceNames = ["pooled", "utility"];

    public static MarketRules Market(ObjectReader root)
    {
        var defaults = new MarketRules();
        if (root.Object("market", "market", "{ \"mechanism\": \"pay-as-clear\" }") is not { } reader)
        {
            return defaults;
        }

        MarketRules rules = defaults with
        {
            Mechanism = Name(reader, "mechanism", MarketRules.Mechanisms),
            Rationing = Name(reader, "rationing", MarketRules.Rationings),
            Imbalance = (ImbalanceRule)(reader.Choice("imbalance", ImbalanceNames) ?? 0),
            ShortfallPenalty = reader.PriceFromZero("shortfallPenalty", "a price per kWh, such as 0.02") ?? Price.Zero,
            ListingLead = reader.Duration("listingLead", "a duration, such as \"PT1H\"") ?? defaults.ListingLead,
            Gate = reader.Duration("gate", "a duration, such as \"PT5M\"") ?? defaults.Gate,
            ReadingDeadline = reader.Duration("readingDeadline", "a duration, such as \"PT15M\"") ?? defaults.ReadingDeadline,
            FixedPrice = reader.PriceFromZero("fixedPrice", "a price per kWh, such as 0.12"),
            Distances = [.. Distances(reader)],
            SharingKey = Name(reader, "sharingKey", MarketRules.SharingKeys),
        };
        if (rules.Gate >= rules.ListingLead)
        {
            reader.Refuse("gate", $"{Minutes(rules.Gate)} before delivery is not after the listing opens, {Minutes(rules.ListingLead)} before delivery; give a shorter time, such as \"PT5M\".");
        }

        if (rules.ListingLead > CommunityLimits.LongestLead)
        {
            reader.Refuse("listingLead", $"{Minutes(rules.ListingLead)} before delivery is more than 7 days; give a shorter time, such as \"PT1H\".");
        }

        if (rules.ReadingDeadline <= TimeSpan.Zero || rules.ReadingDeadline > CommunityLimits.LongestDeadline)
        {
            reader.Refuse("readingDeadline", $"{Minutes(rules.ReadingDeadline)} after delivery is not between 0 and 30 days, and readings need some time to come; give a time such as \"PT15M\".");
        }

        return rules;
    }

    public static WalletRules Wallet(ObjectReader root)
    {
        var defaults = new WalletRules();
        if (root.Object("wallet", "wallet", "{ \"deposit\": 0, \"creditLine\": 1000000 }") is not { } reader)
        {
            return defaults;
        }

        return new WalletRules(
            reader.MoneyFromZero("deposit", "an amount, such as 50.00") ?? defaults.Deposit,
            reader.MoneyFromZero("creditLine", "an amount, such as 100.00") ?? defaults.CreditLine);
    }

    public static void CheckDistances(ObjectReader root, MarketRules market, IReadOnlyList<MemberRules> members, MembersFromFile? membersFrom)
    {
        // Members made of a file are not known yet.
        if (membersFrom is not null)
        {
            return;
        }

        string[] ids = [.. members.Select(member => member.Id)];
        for (int index = 0; index < market.Distances.Count; index++)
        {
            (string from, string to, _) = market.Distances[index];
            foreach (string stranger in ((string[])[from, to]).Where(id => !ids.Contains(id, StringComparer.Ordinal)))
            {
                root.Refuse($"market.distances[{index}]", $"there is no member '{stranger}'; {NearName.Hint(stranger, ids, "the members are")}");
            }
        }
    }

    private static IEnumerable<MemberDistance> Distances(ObjectReader market)
    {
        const string Right = "{ \"from\": \"h01\", \"to\": \"h02\", \"metres\": 40 }";
        foreach ((System.Text.Json.JsonElement element, string path) in market.List("distances", $"a list such as [{Right}]"))
        {
            if (market.Open(element, path, "distance", Right) is not { } reader)
            {
                continue;
            }

            string? from = reader.RequiredText("from", "a member's id");
            string? to = reader.RequiredText("to", "a member's id");
            long? metres = reader.Whole("metres", 0, 1_000_000, "whole metres, such as 40");
            if (!reader.Has("metres"))
            {
                reader.RefuseMissing("metres", "whole metres, such as 40");
            }

            if (from is not null && to is not null && metres is { } length)
            {
                yield return new MemberDistance(from, to, length);
            }
        }
    }

    private static string Name(ObjectReader reader, string field, IReadOnlyList<string> names) => names[reader.Choice(field, names) ?? 0];

    private static string Minutes(TimeSpan time) => $"{time.TotalMinutes:0.##} minutes";
}
