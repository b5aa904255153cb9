namespace Commonwatt.Node.People;

/// <summary>Finds out by mail address, password and code who somebody is. Whatever was wrong, the answer is the same and takes as long.</summary>
/// <param name="people">The people.</param>
/// <param name="passwords">The passwords.</param>
/// <param name="throttle">Makes guessing slow.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class PasswordSignIn(PeopleStore people, Passwords passwords, AttemptThrottle throttle, TimeProvider clock)
{
    private const int FreeByAccount = 5;
    private const int FreeByAddress = 20;
    private const int LongestField = 256;

    /// <summary>Tries to sign somebody in.</summary>
    /// <param name="email">The mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The code of the authenticator app.</param>
    /// <param name="from">Where the request came from.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PasswordAnswer> TryAsync(string email, string password, string code, string from, CancellationToken cancel)
    {
        if (email.Length > LongestField || password.Length > LongestField || code.Length > LongestField)
        {
            return new PasswordAnswer.Wrong();
        }

        string account = $"account {PersonFields.EmailKey(email)}";
        string address = $"address {from}";
        if ((throttle.Begin(address, FreeByAddress) ?? throttle.Begin(account, FreeByAccount)) is { } wait)
        {
            return new PasswordAnswer.Wait(wait);
        }

        Person? person = people.FindByEmail(email);
        bool? isRight = await passwords.VerifyAsync(person?.PasswordHash, password, cancel);
        long? step = passwords.FindStep(person?.TotpSecret, code, clock.GetUtcNow());
        if (isRight is null)
        {
            throttle.TakeBack(account);
            throttle.TakeBack(address);
            return new PasswordAnswer.Busy();
        }

        if (person is null || isRight == false || step is null || !people.UseTotpStep(person.Id, step.Value))
        {
            return new PasswordAnswer.Wrong(person?.Id);
        }

        throttle.Forgive(account);
        throttle.TakeBack(address);
        return new PasswordAnswer.Right(person);
    }
}

/// <summary>What came of an attempt to sign in.</summary>
internal abstract record PasswordAnswer
{
    /// <summary>All was right.</summary>
    /// <param name="Person">Who it is.</param>
    public sealed record Right(Person Person) : PasswordAnswer;

    /// <summary>Something was wrong.</summary>
    /// <param name="PersonId">Whose account it was, for the log alone.</param>
    public sealed record Wrong(string? PersonId = null) : PasswordAnswer;

    /// <summary>There were too many failures.</summary>
    /// <param name="For">How long to wait.</param>
    public sealed record Wait(TimeSpan For) : PasswordAnswer;

    /// <summary>Too many sign in at once.</summary>
    public sealed record Busy : PasswordAnswer;
}
