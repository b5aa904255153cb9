using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Staking;
using Commonwatt.Contracts.Wallet;

namespace Commonwatt.Node.Commands;

/// <summary>What an event's name means, for people who do not know the contracts.</summary>
internal static class EventTitles
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        [RoleChanged.Name] = "a role was granted or taken back",
        [ParametersChanged.Name] = "the market's rules were set",
        [TariffChanged.Name] = "the utility's tariff was set",
        [ValidatorStruck.Name] = "a validator that signed two blocks of one height was struck off",
        [MemberRegistered.Name] = "a member was registered, or what is registered of him changed",
        [Transferred.Name] = "money moved between two accounts",
        [CreditLineSet.Name] = "a member's credit line was set",
        [StakingSwitched.Name] = "voting by stake was switched on or off",
        [StakeBonded.Name] = "a member staked money on a validator",
        [StakeUnbonded.Name] = "a member takes back what he staked",
        [VotesCounted.Name] = "the validators' voting power was counted from stakes",
        [TooFewStakes.Name] = "too few validators have stakes, and the voting power stays as it is",
        [ReadingReported.Name] = "a meter's reading was reported",
        [ReadingRefused.Name] = "a meter's reading was refused",
        [MandateGranted.Name] = "a member gave an agent a mandate",
        [MandateWithdrawn.Name] = "a member took a mandate back",
        [ListingOpened.Name] = "orders are taken for a delivery",
        [OrderPlaced.Name] = "an order was placed",
        [OrderWithdrawn.Name] = "an order was withdrawn",
        [TradesCurtailed.Name] = "trades were cut to what the grid carries",
        [MarketCleared.Name] = "a delivery's orders became trades",
        [PeriodSettled.Name] = "a delivery was settled",
        [PeriodCorrected.Name] = "a delivery's settlement was corrected",
        [InvoiceIssued.Name] = "a member's invoice was issued",
    };

    /// <summary>What happened, or null for an event that this build does not know.</summary>
    public static string? Of(string name) => Titles.GetValueOrDefault(name);
}
