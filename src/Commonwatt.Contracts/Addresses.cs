using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Contracts;

/// <summary>Reads the addresses in calls.</summary>
internal static class Addresses
{
    /// <summary>The address in a field.</summary>
    /// <exception cref="MalformedBytesException">The field has not 20 bytes; the call is refused as malformed.</exception>
    public static Address From(ByteString field) =>
        field.Length == Address.Size
            ? new Address(field.Span)
            : throw new MalformedBytesException($"An address has {Address.Size} bytes, not {field.Length}.");
}
