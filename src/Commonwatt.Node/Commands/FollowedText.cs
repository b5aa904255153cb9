using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary>What <c>light-client</c> says: what is trusted at the end, and where a file is wrong, what was trusted before that.</summary>
internal static class FollowedText
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the finding for people.</summary>
    public static void Write(TextWriter output, string path, HeaderFollower followed)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(followed.Fault is { } fault ? $"{path} is not right. {fault}" : $"{path} is right.");
        if (followed.Client is not { Newest: { } newest } client)
        {
            output.WriteLine("Nothing of it was followed.");
            return;
        }

        output.WriteLine(followed.Fault is null ? "Trusted now:" : "Trusted is what stands before that:");
        output.WriteLine();
        Facts facts = new Facts()
            .Add("ledger", newest.LedgerId.ToString())
            .Add("newest block", string.Create(culture, $"{newest.Height} of {newest.Time}"))
            .Add("its hash", newest.HeaderHash().ToString())
            .Add("followed", string.Create(culture, $"{followed.Headers:N0} headers and {followed.Changes:N0} changes of the validators"));
        if (followed.PassedOver > 0)
        {
            facts.Add("passed over", string.Create(culture, $"{followed.PassedOver:N0} steps below the height where the trust starts"));
        }

        facts.Add("validators", $"the set {newest.ValidatorsHash}");
        foreach (ValidatorMember member in client.Validators.Members)
        {
            facts.Add("", string.Create(culture, $"{member.Address} with a voting power of {member.Power} of {client.Validators.TotalPower}"));
        }

        facts.Write(output);
    }

    /// <summary>Writes the finding as one JSON object.</summary>
    public static void WriteJson(TextWriter output, string path, HeaderFollower followed)
    {
        BlockHeader? newest = followed.Client?.Newest;
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                Right = followed.Fault is null,
                File = path,
                followed.Fault,
                LedgerId = newest?.LedgerId.ToString(),
                newest?.Height,
                Time = newest?.Time.ToString(),
                HeaderHash = newest?.HeaderHash().ToString(),
                ValidatorsHash = newest?.ValidatorsHash.ToString(),
                Validators = newest is null ? null : followed.Client!.Validators.Members.Select(member => new { Address = member.Address.ToString(), PublicKey = member.Key.ToString(), member.Power }),
                followed.Headers,
                followed.Changes,
                followed.PassedOver,
            },
            Format));
    }
}
