using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Federation;

/// <summary>Says of a request that the framework could not read where it is wrong and what would be right: the framework's own words name types that no caller knows.</summary>
internal static partial class UnreadRequest
{
    private const string NoBody = "The request has no body: give it one in JSON, with the content type application/json.";

    /// <summary>The answer to a request that could not be read.</summary>
    /// <param name="fault">Why not.</param>
    public static IResult Answer(BadHttpRequestException fault) => fault switch
    {
        { StatusCode: not StatusCodes.Status400BadRequest } => Problems.Of(fault.StatusCode),
        { InnerException: JsonException json } => IsEmpty(json) ? OfNoBody() : Problems.Of(fault.StatusCode, "wrong-json", SentenceOf(json), FieldOf(json)),
        _ when fault.Message.Contains("no body was provided", StringComparison.Ordinal) => OfNoBody(),
        _ when Parameter().Match(fault.Message) is { Success: true } found => OfParameter(found.Groups["name"].Value),
        _ => Problems.Of(fault.StatusCode),
    };

    /// <summary>Where a JSON text is wrong, counted from 1 as editors do.</summary>
    public static string PlaceOf(JsonException fault) =>
        string.Create(CultureInfo.InvariantCulture, $"line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}");

    /// <summary>What is wrong with a JSON text, without the place, which its reader counts from 0, and without advice to programmers.</summary>
    public static string ReasonOf(JsonException fault) => ForProgrammers().Replace(fault.Message, "").TrimEnd();

    private static IResult OfNoBody() => Problems.Of(StatusCodes.Status400BadRequest, "no-body", NoBody);

    private static IResult OfParameter(string name) =>
        Problems.Of(StatusCodes.Status400BadRequest, "wrong-parameter", $"'{name}' is missing, or is of another kind than what is taken here: /api/v1/openapi.json says which.", name);

    private static string SentenceOf(JsonException fault)
    {
        string place = $"{fault.Path ?? "$"} ({PlaceOf(fault)})";
        return fault.InnerException switch
        {
            FormatException => $"{place} is to be {NumberFor(fault.InnerException.Message)}.",
            InvalidOperationException other => $"{place} is to be {KindFor(other.Message)}.",
            null when Wanted().Match(fault.Message) is { Success: true } wanted => $"{place} is to be {KindOf(wanted.Groups["type"].Value)}.",
            null => $"{place} cannot be taken: {ReasonOf(fault)}",
            _ => $"The body is not JSON at {PlaceOf(fault)}{(FieldOf(fault) is { } field ? $", in {field}" : "")}: {ReasonOf(fault)}",
        };
    }

    private static bool IsEmpty(JsonException fault) => fault.Message.StartsWith("The input does not contain any JSON tokens", StringComparison.Ordinal);

    private static string? FieldOf(JsonException fault) => fault.Path is { Length: > 1 } path ? path : null;

    private static string NumberFor(string message) =>
        message.Contains("Int64", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"a whole number, without decimals, up to {long.MaxValue}")
        : message.Contains("Int32", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"a whole number, without decimals, up to {int.MaxValue}")
        : "a value of the kind that is taken here: /api/v1/openapi.json says which";

    private static string KindFor(string message) =>
        message.EndsWith("as a number.", StringComparison.Ordinal) ? "a number, without quotes"
        : message.EndsWith("as a boolean.", StringComparison.Ordinal) ? "true or false, without quotes"
        : message.EndsWith("as a string.", StringComparison.Ordinal) ? "a text in quotes"
        : "a text that is whole Unicode";

    private static string KindOf(string type) => type switch
    {
        _ when type.Contains("List`1", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) => "a list, in brackets",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false, without quotes",
        _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number, without quotes and decimals",
        _ when type.EndsWith("String", StringComparison.Ordinal) => "a text in quotes",
        _ => "an object, in braces",
    };

    [GeneratedRegex("^The JSON value could not be converted to (?<type>[^ ]+)")]
    private static partial Regex Wanted();

    [GeneratedRegex(@" (?:(?:Path: [^|]*\| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?|Change the reader options\.|during deserialization of type '[^']*'(?=\.))")]
    private static partial Regex ForProgrammers();

    [GeneratedRegex("""^(?:Required parameter|Failed to bind parameter) "[^"]*?(?<name>\w+)" """)]
    private static partial Regex Parameter();
}
