using System.Globalization;
using System.Reflection;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;

namespace Commonwatt.Contracts.Tests.Determinism;

public sealed class DeterminismTests
{
    // What is found in rooms and is right there, with the reason.
    private static readonly (string Start, string Reason)[] Allowed =
    [
        ("Commonwatt.Markets.Clearing.Arrivals.Distance: ", "The distance between the ends of the range of a long fits an unsigned one: the wrap is meant."),
        ("Commonwatt.Markets.Sharing.StaticKey..ctor: ", "Checks and copies weights, in whatever order: no weight that is registered is negative."),
        ("Commonwatt.Contracts.Metering.ReadingCommitment.Of: ", "Adds up the lengths of two spans for an array; meters call it, contracts do not."),
        ("Commonwatt.Contracts.Wire.ContractsReflection.", "What protobuf says of its messages to tools; no contract asks."),
    ];

    public static TheoryData<string, string> Bad => new()
    {
        { "Add", "unchecked arithmetic: add" },
        { "Multiply", "unchecked arithmetic: mul" },
        { "Negate", "unchecked arithmetic: neg" },
        { "Narrow", "unchecked arithmetic: conv.i4" },
        { "Wide", "128-bit arithmetic that wraps" },
        { "Floating", "floating point" },
        { "HashOfText", "a hash code used as data" },
        { "HashOfTwo", "a hash code used as data" },
        { "Reflects", "reflection" },
        { "Clock", "a clock" },
        { "Random", "randomness" },
        { "Thread", "threads" },
        { "Input", "input or output" },
        { "Machine", "the machine it runs on" },
        { "Culture", "text that depends on a culture" },
        { "FirstOfTable", "an enumeration in the order of hash codes" },
        { "FirstByLinq", "an enumeration in the order of hash codes" },
        { "FirstByInterface", "an enumeration in the order of hash codes" },
    };

    [Theory]
    [InlineData(typeof(Energy))]
    [InlineData(typeof(Markets.Order))]
    [InlineData(typeof(CommunityRules))]
    public void The_compiled_rules_hold_nothing_that_differs_between_machines(Type ofRoom)
    {
        List<string> found = DeterminismCheck.Run(ofRoom.Assembly.Location, _ => true);
        Assert.Equal([], found.Where(wrong => !Allowed.Any(one => wrong.StartsWith(one.Start, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_exception_is_still_needed()
    {
        List<string> found =
        [
            .. new[] { typeof(Energy), typeof(Markets.Order), typeof(CommunityRules) }.SelectMany(room => DeterminismCheck.Run(room.Assembly.Location, _ => true)),
        ];
        Assert.All(Allowed, one => Assert.Contains(found, wrong => wrong.StartsWith(one.Start, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_check_finds_each_kind_of_wrong(string method, string reason) =>
        Assert.Contains(Found(), wrong => wrong.Contains($".Example.{method}: ", StringComparison.Ordinal) && wrong.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void The_check_finds_a_static_field_that_can_change() =>
        Assert.Contains(Found(), wrong => wrong.EndsWith(".Counter.calls: a static field that can change", StringComparison.Ordinal));

    [Fact]
    public void The_check_leaves_what_is_right() => Assert.DoesNotContain(Found(), wrong => wrong.Contains(".Allowed: ", StringComparison.Ordinal));

    [Fact]
    public void A_receipt_is_the_same_in_a_country_that_writes_a_minus_in_another_way()
    {
        using TestCommunity community = TestCommunity.Trading();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "\u2212";
            CultureInfo.CurrentCulture = other;
            community.Manager.Calls("registry", "set-distance", new SetDistance { One = community.Member("anna").Bytes, Other = community.Member("ben").Bytes, Metres = -5 })
                .Refused("wrong-distance", "A distance is 0 to 1000000000 metres, not -5.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static List<string> Found() =>
        DeterminismCheck.Run(Assembly.GetExecutingAssembly().Location, type => type.Contains(".Unsafe.", StringComparison.Ordinal));
}
