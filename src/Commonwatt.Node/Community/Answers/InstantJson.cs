using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Commonwatt.Node.Community.Answers;

/// <summary>Points in time as ISO 8601 in UTC.</summary>
internal sealed class InstantJson : JsonConverter<Instant>
{
    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(reader.GetString(), out Instant instant)
            ? instant
            : throw new JsonException("A time is written as ISO 8601 with its offset, such as 2026-11-21T13:00:00Z.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <summary>Reads ISO 8601 with an offset or Z; a time without one is refused, for it could mean two things.</summary>
    public static bool TryRead(string? text, out Instant instant)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        bool saysWhere = text is not null && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'));
        bool read = DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        instant = read && saysWhere ? Instant.From(time) : default;
        return read && saysWhere;
    }
}
