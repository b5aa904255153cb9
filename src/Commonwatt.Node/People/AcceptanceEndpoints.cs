using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>Accepting an invitation by its link.</summary>
/// <param name="invitations">The invitations.</param>
/// <param name="enrolment">Choosing a password.</param>
/// <param name="accounts">What people see of their own accounts.</param>
/// <param name="signIns">Signs people in.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="settings">What the community decided.</param>
internal sealed class AcceptanceEndpoints(InvitationStore invitations, PasswordEnrolment enrolment, Accounts accounts, SignIns signIns, SecurityLog log, PeopleSettings settings)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder one = api.MapGroup("/invitations/by-token/{token}");
        one.AllowAnonymous().RequireRateLimiting(RequestRates.Invitation);
        one.MapGet("", Read).Produces<InvitationAnswer>()
            .WithSummary("What an invitation's link invites to");
        one.MapGet("/totp", OfferTotp).Produces<OfferedTotp>()
            .WithSummary("A fresh secret for an authenticator app");
        one.MapPost("/passkey/options", AskAsync)
            .WithSummary("What a browser needs to make a passkey for the invitation");
        one.MapPost("/accept", AcceptAsync).Produces<SessionAnswer>()
            .WithSummary("Takes an invitation up, with a passkey or with a password and a code, and signs in");
    }

    private IResult Read(string token) => invitations.Find(token) is { } invitation
        ? Results.Json(new InvitationAnswer(settings.Community, invitation.Name, invitation.Roles.Split(' '), Times.Of(invitation.Expires), invitation.Language))
        : Ended();

    private IResult OfferTotp(string token) => invitations.Find(token) is { } invitation ? Results.Json(enrolment.Offer(SubjectOf(invitation), invitation.Email ?? invitation.Name)) : Ended();

    private async Task<IResult> AskAsync(string token, PasskeyCeremonies ceremonies, HttpContext context) => invitations.Find(token) is { } invitation
        ? Results.Text(await ceremonies.AskForNewAsync(SecretToken.NewId(), invitation.Name, SubjectOf(invitation), context), "application/json")
        : Ended();

    private async Task<IResult> AcceptAsync(string token, AcceptanceEntry entry, PasskeyCeremonies ceremonies, HttpContext context)
    {
        if (invitations.Find(token) is not { } invitation)
        {
            log.Note("invitation-refused", detail: $"from {ClientAddress.Of(context)}");
            return Ended();
        }

        string name = entry.Name ?? invitation.Name;
        if (PersonFields.ProblemOfName(name) is { } problem)
        {
            return Refusals.Field("name", problem);
        }

        (Newcomer? newcomer, IResult? refused) = entry.Credential is { } credential
            ? await ByPasskeyAsync(credential, name, invitation, ceremonies, context)
            : await ByPasswordAsync(entry, name, invitation, context);
        return newcomer is null ? refused! : Accept(invitation, newcomer, context);
    }

    private static async Task<(Newcomer?, IResult?)> ByPasskeyAsync(JsonElement credential, string name, InvitationRow invitation, PasskeyCeremonies ceremonies, HttpContext context) =>
        await ceremonies.CheckNewAsync(credential, SubjectOf(invitation), context) is (var personId, { } passkey)
            ? (new Newcomer(personId, name, passkey, Password: null), null)
            : (null, Refusals.Field("credential", "The passkey could not be checked, or the question was answered too late. Try again."));

    private async Task<(Newcomer?, IResult?)> ByPasswordAsync(AcceptanceEntry entry, string name, InvitationRow invitation, HttpContext context)
    {
        (NewPassword? chosen, IResult? refused) = await enrolment.ChooseAsync(SubjectOf(invitation), entry.Email, entry.Password, entry.Code, context.RequestAborted);
        return chosen is null ? (null, refused) : (new Newcomer(SecretToken.NewId(), name, Passkey: null, chosen), null);
    }

    private IResult Accept(InvitationRow invitation, Newcomer newcomer, HttpContext context)
    {
        switch (invitations.Accept(invitation, newcomer))
        {
            case Acceptance.Ended:
                return Ended();
            case Acceptance.EmailTaken:
                return Refusals.Of(StatusCodes.Status409Conflict, "email-taken", "An account signs in with this email address already. Take another, or a passkey.", "email");
            default:
                log.Note("invitation-accepted", newcomer.PersonId, detail: invitation.Id);
                signIns.SignInAs(context, newcomer.PersonId, newcomer.Passkey is null ? "new password" : "new passkey");
                return Results.Json(accounts.SessionOf(newcomer.PersonId));
        }
    }

    private static string SubjectOf(InvitationRow invitation) => $"invitation {invitation.Id}";

    private static IResult Ended() => Refusals.Of(StatusCodes.Status404NotFound, "no-invitation", "This invitation was used, withdrawn, or is more than seven days old. Ask who sent it for a new one.");

    private sealed record AcceptanceEntry(string? Name, JsonElement? Credential, string? Email, string? Password, string? Code);
}
