using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Execution;

/// <summary>A kind of event that contracts emit.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IEvent<TSelf> : ICanonical<TSelf>
    where TSelf : IEvent<TSelf>
{
    /// <summary>The contract and what happened: <c>wallet.transferred</c>.</summary>
    static abstract string Name { get; }
}

/// <summary>Something that happened on the ledger, for everybody outside to read.</summary>
/// <param name="Name">The contract and what happened: <c>wallet.transferred</c>.</param>
/// <param name="Data">The event in its fixed layout.</param>
public readonly record struct LedgerEvent(string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether this is an event of the kind <typeparamref name="T"/>.</summary>
    public bool Is<T>()
        where T : IEvent<T> => string.Equals(Name, T.Name, StringComparison.Ordinal);

    /// <summary>The event as its kind.</summary>
    /// <exception cref="MalformedBytesException">It is of another kind.</exception>
    public T As<T>()
        where T : IEvent<T> =>
        Is<T>() ? CanonicalReader.Decode<T>(Data.Span) : throw new MalformedBytesException($"A {Name} is not a {T.Name}.");
}
