using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Keys;

/// <summary>Valid signatures that this thread has checked before, where it asked to remember them: a simulation runs many machines on one thread, and each checks the same ones.</summary>
/// <remarks>A valid signature stays valid, so remembering changes nothing but the time. No node asks for it: it checks each signature once or twice.</remarks>
internal static class RememberedSignatures
{
    [ThreadStatic]
    private static HashSet<Checked>? ofThisThread;

    /// <summary>From now on this thread remembers, until the answer is disposed of.</summary>
    public static IDisposable Begin()
    {
        ofThisThread = [];
        return new Remembering();
    }

    /// <summary>Whether exactly this was found valid before.</summary>
    public static bool IsValid(PublicKey key, Hash digest, ReadOnlySpan<byte> signature) =>
        ofThisThread is { } valid && valid.Contains(Checked.Of(key, digest, signature));

    /// <summary>Remembers what was found valid, where this thread asked for it.</summary>
    public static void Add(PublicKey key, Hash digest, ReadOnlySpan<byte> signature) =>
        ofThisThread?.Add(Checked.Of(key, digest, signature));

    // Both halves of the signature whole, so that a changed one is never taken for the one that was checked.
    private readonly record struct Checked(PublicKey Key, Hash Digest, Hash First, Hash Second)
    {
        public static Checked Of(PublicKey key, Hash digest, ReadOnlySpan<byte> signature) =>
            new(key, digest, new Hash(signature[..Hash.Size]), new Hash(signature[Hash.Size..]));
    }

    private sealed class Remembering : IDisposable
    {
        public void Dispose() => ofThisThread = null;
    }
}
