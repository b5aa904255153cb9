using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Choosing a password together with an authenticator app: the app's secret is made here, and a code shows that the app has it.</summary>
/// <param name="passwords">The passwords.</param>
/// <param name="ceremonies">What was asked and waits to be answered.</param>
/// <param name="settings">What the community decided.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PasswordEnrolment(Passwords passwords, CeremonyStore ceremonies, PeopleSettings settings, TimeProvider clock)
{
    private const string Purpose = "totp";

    // Apps have to be found and installed.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>A fresh secret for an authenticator app; one that was offered before serves no more.</summary>
    /// <param name="subject">For what, such as an invitation's id.</param>
    /// <param name="account">What the app calls it.</param>
    public OfferedTotp Offer(string subject, string account)
    {
        string secret = Totp.NewSecret();
        ceremonies.Begin(Purpose, subject, passwords.Protect(secret), Lifetime);
        return new OfferedTotp(secret, Totp.Uri(secret, settings.Community, account));
    }

    /// <summary>What somebody chose, or why it cannot be.</summary>
    /// <param name="subject">For what the app's secret was offered.</param>
    /// <param name="email">The mail address to sign in with.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The code that the app shows.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<(NewPassword? Chosen, IResult? Refused)> ChooseAsync(string subject, string? email, string? password, string? code, CancellationToken cancel)
    {
        if (PersonFields.ProblemOfEmail(email) is { } wrongEmail)
        {
            return (null, Refusals.Field("email", wrongEmail));
        }

        if (PersonFields.ProblemOfPassword(password, email) is { } wrongPassword)
        {
            return (null, Refusals.Field("password", wrongPassword));
        }

        if (ceremonies.Look(Purpose, subject) is not { } secret)
        {
            return (null, Refusals.Of(StatusCodes.Status409Conflict, "no-authenticator", "Set up the authenticator app first, and enter its code within 30 minutes."));
        }

        if (passwords.FindStep(secret, code, clock.GetUtcNow()) is not { } step)
        {
            return (null, Refusals.Field("code", "This is not the code that the authenticator app shows now. Where it stays wrong, the device's clock may be off."));
        }

        string? hash = await passwords.HashAsync(password!, cancel);
        if (hash is null)
        {
            return (null, Busy());
        }

        ceremonies.Take(Purpose, subject);
        return (new NewPassword(email!, hash, secret, step), null);
    }

    /// <summary>Too many passwords are hashed at once.</summary>
    public static IResult Busy() => Refusals.Of(StatusCodes.Status503ServiceUnavailable, "busy", "Many people sign in at this moment: try again in a few seconds.");
}

/// <summary>A secret for an authenticator app.</summary>
/// <param name="Secret">In base32, for typing.</param>
/// <param name="Uri">For a QR code.</param>
internal sealed record OfferedTotp(string Secret, string Uri);
