using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.People;

/// <summary>Signs people in and out, once it is known who they are.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="log">Where it is noted.</param>
internal sealed class SignIns(SessionStore sessions, SecurityLog log)
{
    /// <summary>Signs somebody in: a new session, and an end to the one that the browser had.</summary>
    /// <param name="context">The request, whose answer gets the cookie.</param>
    /// <param name="personId">Who.</param>
    /// <param name="way">How he proved it, for the log.</param>
    public void SignInAs(HttpContext context, string personId, string way)
    {
        if (SessionCookie.Read(context.Request) is { } old)
        {
            sessions.EndByToken(old);
        }

        SessionCookie.Write(context, sessions.Begin(personId, context.Request.Headers.UserAgent.ToString()));
        log.Note("signed-in", personId, detail: way);
    }

    /// <summary>Signs out whoever is signed in.</summary>
    public void SignOut(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is { } token)
        {
            sessions.EndByToken(token);
            log.Note("signed-out", Claims.PersonOf(context.User));
        }

        SessionCookie.Remove(context);
    }
}
