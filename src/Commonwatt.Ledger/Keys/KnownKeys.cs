using System.Runtime.InteropServices;

namespace Commonwatt.Ledger.Keys;

/// <summary>The public keys this thread read last. The same few stand in every block, and finding a key's y costs as much as verifying with it.</summary>
internal static class KnownKeys
{
    private const int Capacity = 4096;

    [ThreadStatic]
    private static Dictionary<Bytes, PublicKey>? ofThisThread;

    /// <summary>The key with these 33 bytes, made by <paramref name="read"/> where it is not known.</summary>
    public static PublicKey FindOrAdd(ReadOnlySpan<byte> compressed, Func<byte[], PublicKey> read)
    {
        Dictionary<Bytes, PublicKey> known = ofThisThread ??= [];
        var bytes = new Bytes(compressed);
        if (known.TryGetValue(bytes, out PublicKey? found))
        {
            return found;
        }

        if (known.Count >= Capacity)
        {
            known.Clear();
        }

        PublicKey made = read(compressed.ToArray());
        known.Add(bytes, made);
        return made;
    }

    private readonly record struct Bytes(ulong First, ulong Second, ulong Third, ulong Fourth, byte Parity)
    {
        public Bytes(ReadOnlySpan<byte> compressed)
            : this(Word(compressed, 0), Word(compressed, 1), Word(compressed, 2), Word(compressed, 3), compressed[0])
        {
        }

        private static ulong Word(ReadOnlySpan<byte> compressed, int index) => MemoryMarshal.Read<ulong>(compressed[(1 + (index * 8))..]);
    }
}
