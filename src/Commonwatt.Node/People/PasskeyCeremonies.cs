using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Commonwatt.Node.People;

/// <summary>Asks browsers for passkeys (WebAuthn, level 3), and checks what they answer. Each challenge is answered once.</summary>
/// <param name="handler">ASP.NET Core Identity's.</param>
/// <param name="passkeys">The passkeys.</param>
/// <param name="ceremonies">What was asked and waits to be answered.</param>
internal sealed class PasskeyCeremonies(IPasskeyHandler<Person> handler, PasskeyStore passkeys, CeremonyStore ceremonies)
{
    private const string SigningIn = "passkey-sign-in";
    private const string Adding = "passkey-add";

    /// <summary>What a browser needs to ask for a passkey of anybody.</summary>
    public async Task<string> AskAsync(HttpContext context)
    {
        PasskeyRequestOptionsResult options = await handler.MakeRequestOptionsAsync(user: null, context);
        ceremonies.Begin(SigningIn, ChallengeOf(options.RequestOptionsJson), options.AssertionState ?? "");
        return options.RequestOptionsJson;
    }

    /// <summary>Who answered with his passkey, or null where anything is wrong with the answer.</summary>
    public async Task<Person?> CheckAsync(JsonElement credential, HttpContext context)
    {
        if (AnsweredChallengeOf(credential) is not { } challenge || ceremonies.Take(SigningIn, challenge) is not { } state)
        {
            return null;
        }

        PasskeyAssertionResult<Person> result = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            CredentialJson = credential.GetRawText(),
            AssertionState = state,
            HttpContext = context,
        });
        return result.Succeeded && passkeys.HasUsed(result.Passkey) ? result.User : null;
    }

    /// <summary>What a browser needs to make a passkey.</summary>
    /// <param name="personId">Whose it will be.</param>
    /// <param name="name">What he is called.</param>
    /// <param name="subject">What the answer must come with, such as the session or the invitation it was asked for.</param>
    /// <param name="context">The request.</param>
    public async Task<string> AskForNewAsync(string personId, string name, string subject, HttpContext context)
    {
        PasskeyCreationOptionsResult options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = personId, Name = name, DisplayName = name }, context);
        ceremonies.Begin(Adding, $"{subject} {ChallengeOf(options.CreationOptionsJson)}", options.AttestationState ?? "");
        return options.CreationOptionsJson;
    }

    /// <summary>The new passkey and whose it will be, or null where anything is wrong with the answer.</summary>
    public async Task<(string PersonId, UserPasskeyInfo Passkey)?> CheckNewAsync(JsonElement credential, string subject, HttpContext context)
    {
        if (AnsweredChallengeOf(credential) is not { } challenge || ceremonies.Take(Adding, $"{subject} {challenge}") is not { } state)
        {
            return null;
        }

        PasskeyAttestationResult result = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            CredentialJson = credential.GetRawText(),
            AttestationState = state,
            HttpContext = context,
        });
        return result.Succeeded ? (result.UserEntity.Id, result.Passkey) : null;
    }

    private static string ChallengeOf(string optionsJson)
    {
        using var options = JsonDocument.Parse(optionsJson);
        return options.RootElement.GetProperty("challenge").GetString()!;
    }

    // What the browser signed names the challenge; whether it signed it, Identity checks.
    private static string? AnsweredChallengeOf(JsonElement credential)
    {
        try
        {
            string? data = credential.GetProperty("response").GetProperty("clientDataJSON").GetString();
            using var parsed = JsonDocument.Parse(Base64Url.DecodeFromChars(data));
            return parsed.RootElement.GetProperty("challenge").GetString();
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
