using Commonwatt.Markets.Settlement;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests.Settlement;

public sealed class CorrectionTests
{
    [Fact]
    public void A_late_reading_books_the_difference_beside_the_old_line()
    {
        Period before = new([], [Period.Meter(1, 700, estimated: true), Period.Meter(2, -300)]);
        Period after = new([], [Period.Meter(1, 500), Period.Meter(2, -300)]);

        Assert.Equal(
            ["Utility->member 1 UtilityImport 200@220000=44000 correction"],
            Period.Describe(Correction.Between(before.Settle(Period.Plain), after.Settle(Period.Plain))));
    }

    [Fact]
    public void A_late_reading_may_turn_an_import_into_an_export()
    {
        Period before = new([], [Period.Meter(1, 700, estimated: true)]);
        Period after = new([], [Period.Meter(1, -100)]);

        Assert.Equal(
            ["Utility->member 1 UtilityImport 700@220000=154000 correction", "Utility->member 1 UtilityExport 100@50000=5000 correction"],
            Period.Describe(Correction.Between(before.Settle(Period.Plain), after.Settle(Period.Plain))));
    }

    [Fact]
    public void A_stand_in_that_was_exact_needs_no_correction()
    {
        Period before = new([], [Period.Meter(1, 700, estimated: true)]);
        Period after = new([], [Period.Meter(1, 700)]);

        Assert.Empty(Correction.Between(before.Settle(Period.Plain), after.Settle(Period.Plain)));
    }

    [Fact]
    public void Booked_lines_and_corrections_are_the_settlement_of_the_late_readings() => ForEveryCorrection((before, after, _, terms) =>
    {
        IReadOnlyList<SettlementLine> booked = before.Settle(terms);
        IReadOnlyList<SettlementLine> corrections = Correction.Between(booked, after.Settle(terms));

        Assert.Equal(NonZero(Period.Balances(after.Settle(terms))), NonZero(Period.Balances([.. booked, .. corrections])));
        Assert.All(corrections, line => Assert.True(line.Correction && !line.Amount.IsNegative && line.Quantity >= Energy.Zero));
    });

    [Fact]
    public void Each_kind_of_line_is_corrected_by_itself() => ForEveryCorrection((before, after, _, terms) =>
    {
        IReadOnlyList<SettlementLine> booked = before.Settle(terms);
        IReadOnlyList<SettlementLine> corrections = Correction.Between(booked, after.Settle(terms));
        foreach (SettlementLineKind kind in Enum.GetValues<SettlementLineKind>())
        {
            Assert.Equal(
                NonZero(Period.Balances(after.Settle(terms).Where(line => line.Kind == kind))),
                NonZero(Period.Balances(booked.Concat(corrections).Where(line => line.Kind == kind))));
        }
    });

    [Fact]
    public void A_second_late_reading_corrects_what_the_first_left() => ForEveryCorrection((before, after, later, terms) =>
    {
        List<SettlementLine> booked = [.. before.Settle(terms)];
        booked.AddRange(Correction.Between(booked, after.Settle(terms)));
        booked.AddRange(Correction.Between(booked, later.Settle(terms)));

        Assert.Equal(NonZero(Period.Balances(later.Settle(terms))), NonZero(Period.Balances(booked)));
        Assert.Empty(Correction.Between(booked, later.Settle(terms)));
    });

    private static void ForEveryCorrection(Action<Period, Period, Period, SettlementTerms> check) => Property.Holds(
        from periods in Period.Corrected
        from terms in Period.Terms
        select (periods, terms),
        given => check(given.periods.Before, given.periods.After, given.periods.Later, given.terms));

    private static IEnumerable<KeyValuePair<Party, long>> NonZero(SortedDictionary<Party, long> balances) =>
        balances.Where(balance => balance.Value != 0);
}
