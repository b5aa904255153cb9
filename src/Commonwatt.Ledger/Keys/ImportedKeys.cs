using System.Security.Cryptography;

namespace Commonwatt.Ledger.Keys;

/// <summary>The public keys this thread verified with last, imported into the platform's cryptography.</summary>
/// <remarks>Importing a key costs more than verifying with it, and an imported key serves one thread at a time.</remarks>
internal static class ImportedKeys
{
    private const int Capacity = 4096;

    [ThreadStatic]
    private static Dictionary<PublicKey, ECDsa>? ofThisThread;

    /// <summary>The imported form of <paramref name="key"/>, to be used on the calling thread only.</summary>
    public static ECDsa OfThisThread(PublicKey key)
    {
        Dictionary<PublicKey, ECDsa> imported = ofThisThread ??= [];
        if (imported.TryGetValue(key, out ECDsa? found))
        {
            return found;
        }

        if (imported.Count >= Capacity)
        {
            foreach (ECDsa old in imported.Values)
            {
                old.Dispose();
            }

            imported.Clear();
        }

        ECDsa made = key.Import();
        imported.Add(key, made);
        return made;
    }
}
