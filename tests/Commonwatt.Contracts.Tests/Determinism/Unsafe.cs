namespace Commonwatt.Contracts.Tests.Determinism;

/// <summary>One example of everything that must not be in a contract, for the check to find; and one of what may be.</summary>
internal static class Unsafe
{
    internal static class Counter
    {
        private static int calls;

        public static int Next() => checked(++calls);
    }

    internal static class Example
    {
        private static readonly Dictionary<string, long> Table = new(StringComparer.Ordinal) { ["one"] = 1, ["two"] = 2 };

        public static long Add(long one, long other) => one + other;

        public static long Multiply(long one, long other) => one * other;

        public static long Negate(long one) => -one;

        public static int Narrow(long one) => (int)one;

        public static Int128 Wide(Int128 one, Int128 other) => one * other;

        public static bool Floating(long one) => one / 3.0 > 1;

        public static int HashOfText(string text) => text.GetHashCode(StringComparison.Ordinal);

        public static int HashOfTwo(long one, long other) => HashCode.Combine(one, other);

        public static string Reflects(object one) => one.GetType().Name;

        public static long Clock() => TimeProvider.System.GetTimestamp();

        public static Guid Random() => Guid.NewGuid();

        public static int Thread() => System.Threading.Thread.CurrentThread.ManagedThreadId;

        public static bool Input(string name) => File.Exists(name);

        public static string Machine() => Environment.MachineName;

        public static string Culture() => System.Globalization.CultureInfo.CurrentCulture.Name;

        public static long FirstOfTable()
        {
            foreach (KeyValuePair<string, long> entry in Table)
            {
                return entry.Value;
            }

            return 0;
        }

        public static long FirstByLinq() => Table.First().Value;

        public static long FirstByInterface(IReadOnlyDictionary<string, long> table)
        {
            foreach (KeyValuePair<string, long> entry in table)
            {
                return entry.Value;
            }

            return 0;
        }

        public static long Allowed(long[] values)
        {
            long sum = 0;
            foreach (long value in values)
            {
                sum = checked(sum + value);
            }

            return Table.TryGetValue("one", out long one) ? checked(sum + one + (long)((Int128)sum * one / 1000)) : sum;
        }
    }
}
