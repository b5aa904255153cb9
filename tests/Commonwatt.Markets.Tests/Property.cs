using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests;

/// <summary>Checks what holds for every value.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> values, Action<T> check, int times = 500) =>
        Prop.ForAll(values.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
