using System.Text.RegularExpressions;
using NodaTime;

namespace Commonwatt.Node.People;

/// <summary>What people may enter about themselves. Each rule answers what is wrong, in a sentence, or null.</summary>
internal static partial class PersonFields
{
    private const int LongestName = 100;
    private const int LongestEmail = 254;
    private const int ShortestPassword = 12;
    private const int LongestPassword = 256;
    private const int FewestLetters = 5;

    /// <summary>The languages of the pages.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "pt", "de"];

    /// <summary>A name: 1 to 100 characters on one line.</summary>
    public static string? ProblemOfName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(letter => char.IsControl(letter) || IsTurning(letter))
            ? $"A name has 1 to {LongestName} characters on one line."
            : null;

    // They turn what stands after them around, so that a name reads as another's.
    private static bool IsTurning(char letter) => letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>An address for mail, roughly: whether it exists only a mail can tell.</summary>
    public static string? ProblemOfEmail(string? email) =>
        email is null || email.Length > LongestEmail || !Email().IsMatch(email)
            ? "An email address looks like name@example.org."
            : null;

    /// <summary>A password: 12 to 256 characters, and none that everybody tries first.</summary>
    public static string? ProblemOfPassword(string? password, string? email)
    {
        if (password is null || password.Length is < ShortestPassword or > LongestPassword)
        {
            return $"A password has {ShortestPassword} to {LongestPassword} characters. Four words that do not belong together are easy to keep in mind.";
        }

        bool isGuessed = CommonPasswords.Contains(password)
            || password.Distinct().Count() < FewestLetters
            || (email is not null && password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) && email.IndexOf('@', StringComparison.Ordinal) >= 4);
        return isGuessed ? "This password is among the first that are tried. Take four words that do not belong together." : null;
    }

    /// <summary>A language of the pages.</summary>
    public static string? ProblemOfLanguage(string? language) =>
        language is not null && Languages.Contains(language, StringComparer.Ordinal) ? null : $"A language is one of {string.Join(", ", Languages)}.";

    /// <summary>A time zone of the IANA database.</summary>
    public static string? ProblemOfTimeZone(string? zone) =>
        zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? null : "A time zone has a name such as Europe/Lisbon.";

    /// <summary>Roles that there are, at least one.</summary>
    public static string? ProblemOfRoles(IReadOnlyList<string>? roles) =>
        roles is { Count: > 0 } && roles.All(role => Roles.All.Contains(role, StringComparer.Ordinal))
            ? null
            : $"Name at least one role of {string.Join(", ", Roles.All)}.";

    /// <summary>The form in which two spellings of the same address are equal.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    [GeneratedRegex(@"^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Email();
}
