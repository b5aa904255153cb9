using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Tests;

/// <summary>Checks what holds for every value, with the ends of a long's range among the values.</summary>
internal static class Property
{
    public static readonly Gen<long> Long = Gen.OneOf(
        Gen.Choose(-2000, 2000).Select(value => (long)value),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => value * (long)int.MaxValue),
        Gen.Elements(long.MinValue, long.MinValue + 1, -1, 0, 1, int.MaxValue, int.MaxValue + 1L, long.MaxValue - 1, long.MaxValue));

    public static void Holds<T>(Gen<T> values, Action<T> check) =>
        Prop.ForAll(values.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Checks for all pairs that a computation gives the exact number, or throws where that fits no long.</summary>
    public static void IsExact(Func<long, long, BigInteger> exact, Func<long, long, long> computed) => Holds(
        from left in Long
        from right in Long
        select (left, right),
        pair => IsExact(exact(pair.left, pair.right), () => computed(pair.left, pair.right)));

    private static void IsExact(BigInteger expected, Func<long> computed)
    {
        if (expected >= long.MinValue && expected <= long.MaxValue)
        {
            Assert.Equal((long)expected, computed());
        }
        else
        {
            Assert.Throws<OverflowException>(() => computed());
        }
    }
}
