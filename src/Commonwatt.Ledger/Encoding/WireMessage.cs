using Google.Protobuf;

namespace Commonwatt.Ledger.Encoding;

/// <summary>Decodes protobuf messages, and refuses bytes that are not exactly what encoding the message again gives.</summary>
/// <remarks>
/// Protobuf leaves room for several encodings of one message (order of fields, defaults written out, unknown fields).
/// The ledger hashes bytes, so it takes only the one that its own encoder makes.
/// </remarks>
public static class WireMessage
{
    /// <summary>Decodes one message that fills all of <paramref name="bytes"/>.</summary>
    /// <exception cref="MalformedBytesException">The bytes are no such message, or not its one encoding.</exception>
    public static T Decode<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(parser);
        T message;
        try
        {
            // The parser would keep unknown fields and write them out again: dropped, they are missed below.
            message = parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new MalformedBytesException($"The bytes are not a {typeof(T).Name}: {exception.Message}", exception);
        }

        int size = message.CalculateSize();
        if (size != bytes.Length || !IsEncoding(message, size, bytes))
        {
            throw new MalformedBytesException($"The bytes of this {typeof(T).Name} are not its one encoding: fields in order, no defaults, nothing unknown.");
        }

        return message;
    }

    private static bool IsEncoding<T>(T message, int size, ReadOnlySpan<byte> bytes)
        where T : IMessage<T>
    {
        byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Span<byte> again = rented.AsSpan(0, size);
            message.WriteTo(again);
            return again.SequenceEqual(bytes);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
