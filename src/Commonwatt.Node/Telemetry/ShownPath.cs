using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Commonwatt.Node.Telemetry;

/// <summary>Paths as logs and traces may show them: an invitation's token in one opens an account.</summary>
internal static partial class ShownPath
{
    private const int Longest = 200;

    /// <summary>A path without what is secret in it.</summary>
    public static string Of(string? path)
    {
        string shown = Secret().Replace(path ?? "", "${kept}…");
        return shown.Length > Longest ? $"{shown[..Longest]}…" : shown;
    }

    [GeneratedRegex("(?<kept>/by-token/|/invite/)[^/?#\\s\"]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}

/// <summary>Takes secrets out of requests' traces before they are sent.</summary>
internal sealed class SecretsOutOfTraces : BaseProcessor<Activity>
{
    private static readonly string[] Paths = ["url.path", "url.full", "http.target", "http.url"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        data.DisplayName = ShownPath.Of(data.DisplayName);
        foreach (string name in Paths)
        {
            if (data.GetTagItem(name) is string path)
            {
                data.SetTag(name, ShownPath.Of(path));
            }
        }

        data.SetTag("url.query", null);
    }
}
