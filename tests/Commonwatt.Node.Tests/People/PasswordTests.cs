using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.People;

public class PasswordTests
{
    private const string Email = "ana@example.org";
    private const string Password = "kettle orbit lemon stair";

    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_password_and_a_code_sign_somebody_in_and_the_code_serves_once(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (_, string secret, string person) = await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        using Browser browser = rig.Browser();
        (await SignInAsync(rig, browser, secret)).Is(401, "wrong-sign-in");

        rig.Clock.Advance(Totp.Step);

        Answer answer = (await SignInAsync(rig, browser, secret, email: "ANA@example.org ")).Is(200);
        Assert.Equal(person, answer.Json.GetProperty("person").GetProperty("id").GetString());
        using Browser thief = rig.Browser();
        (await SignInAsync(rig, thief, secret)).Is(401, "wrong-sign-in");
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, string secret, _) = await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        rig.Clock.Advance(Totp.Step);
        using Browser browser = rig.Browser();

        Answer wrongEmail = await SignInAsync(rig, browser, secret, email: "nobody@example.org");
        Answer wrongPassword = await SignInAsync(rig, browser, secret, password: "kettle orbit lemon chair");
        Answer wrongCode = await browser.PostAsync("session/password", new { email = Email, password = Password, code = "000000" });
        Answer nothing = await browser.PostAsync("session/password");

        foreach (Answer answer in (Answer[])[wrongEmail, wrongPassword, wrongCode, nothing])
        {
            Assert.Equal(Said(wrongEmail), Said(answer.Is(401, "wrong-sign-in")));
            Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        }

        (await SignInAsync(rig, browser, secret)).Is(200);
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("nobody@example.org")]
    public async Task After_five_failures_each_further_one_doubles_the_wait_also_for_an_address_that_nobody_has(string email)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        using Browser browser = rig.Browser();
        for (int failure = 0; failure < 5; failure++)
        {
            (await browser.PostAsync("session/password", new { email, password = $"wrong {failure}", code = "000000" })).Is(401);
        }

        foreach (int wait in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            Answer refused = (await browser.PostAsync("session/password", new { email, password = "wrong", code = "000000" })).Is(429, "too-many-attempts");
            Assert.Equal(wait, int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture));
            rig.Clock.Advance(TimeSpan.FromSeconds(wait));
            (await browser.PostAsync("session/password", new { email, password = "wrong", code = "000000" })).Is(401);
        }
    }

    [Fact]
    public async Task The_right_password_does_not_serve_while_one_has_to_wait_and_clears_what_was_before_when_it_does()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (_, string secret, _) = await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        rig.Clock.Advance(Totp.Step);
        using Browser browser = rig.Browser();
        for (int failure = 0; failure < 5; failure++)
        {
            (await SignInAsync(rig, browser, secret, password: "wrong")).Is(401);
        }

        (await SignInAsync(rig, browser, secret)).Is(429);
        await rig.RestartAsync();
        using Browser again = rig.Browser();
        (await SignInAsync(rig, again, secret)).Is(429);
        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        (await SignInAsync(rig, again, secret)).Is(200);
        rig.Clock.Advance(Totp.Step);
        (await SignInAsync(rig, again, secret, password: "wrong")).Is(401);
        (await SignInAsync(rig, again, secret)).Is(200);
    }

    [Fact]
    public async Task Guesses_at_many_accounts_from_one_address_have_to_wait_too()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using Browser browser = rig.Browser();
        for (int account = 0; account < 20; account++)
        {
            (await browser.PostAsync("session/password", new { email = $"{account}@example.org", password = "wrong", code = "000000" })).Is(401);
        }

        (await browser.PostAsync("session/password", new { email = "another@example.org", password = "wrong", code = "000000" })).Is(429, "too-many-attempts");
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_gain_no_more_than_five()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        using Browser browser = rig.Browser();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(guess => browser.PostAsync("session/password", new { email = Email, password = $"guess number {guess}", code = "000000" })));

        Assert.True(answers.Count(answer => answer.Status == 401) <= 5);
        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[401, 429, 503]));
    }

    [Fact]
    public async Task An_address_that_nobody_has_takes_as_long_as_a_wrong_password()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(settings: new PeopleSettings { KeyFolder = "" });
        await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        using Browser browser = rig.Browser();

        // The quickest of several, in turn: whatever else the machine does only adds to it, and to both.
        (TimeSpan unknown, TimeSpan known) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (int attempt = 0; attempt < 4; attempt++)
        {
            unknown = Quicker(unknown, await RefusedAfterAsync(browser, "nobody@example.org"));
            known = Quicker(known, await RefusedAfterAsync(browser, Email));
        }

        // A look-up without the slow hash would be quicker by more than a hundred times.
        Assert.InRange(unknown / known, 0.05, 20);
    }

    [Theory]
    [InlineData("short", "password")]
    [InlineData("passwordpassword", "password")]
    [InlineData("Qwerty123456", "password")]
    [InlineData("aaaaaaaaaaaaaaaa", "password")]
    [InlineData("joaquim2026joaquim", "password")]
    public async Task Passwords_that_are_tried_first_are_refused(string password, string field)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        string token = rig.Invite(Roles.Member);
        using Browser browser = rig.Browser();
        string secret = (await browser.GetAsync($"invitations/by-token/{token}/totp")).Json.GetProperty("secret").GetString()!;

        Answer refused = await browser.PostAsync(
            $"invitations/by-token/{token}/accept", new { name = "Joaquim", email = "joaquim@example.org", password, code = Totp.CodeAt(secret, rig.Clock.GetUtcNow()) });

        Assert.Equal(field, refused.Is(400).Json.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_password_is_taken_only_with_the_code_of_the_secret_that_was_given_last()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        string path = $"invitations/by-token/{rig.Invite(Roles.Member)}";
        using Browser browser = rig.Browser();
        (await browser.PostAsync($"{path}/accept", new { name = "Ana", email = Email, password = Password, code = "123456" })).Is(409, "no-authenticator");
        string old = (await browser.GetAsync($"{path}/totp")).Json.GetProperty("secret").GetString()!;
        string secret = (await browser.GetAsync($"{path}/totp")).Json.GetProperty("secret").GetString()!;

        (await browser.PostAsync($"{path}/accept", new { name = "Ana", email = Email, password = Password, code = Totp.CodeAt(old, rig.Clock.GetUtcNow()) })).Is(400);
        (await browser.PostAsync($"{path}/accept", new { name = "Ana", email = Email, password = Password, code = Totp.CodeAt(secret, rig.Clock.GetUtcNow()) })).Is(200);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_the_old_password()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, string oldSecret, string person) = await rig.JoinByPasswordAsync(Email, Password, Roles.Member);
        using Browser other = rig.SignedInAs(person);
        string secret = (await browser.GetAsync("account/totp")).Is(200).Json.GetProperty("secret").GetString()!;

        (await browser.PostAsync("account/password", new { password = "another four word phrase", code = Totp.CodeAt(secret, rig.Clock.GetUtcNow()) })).Is(204);

        Assert.False((await other.GetAsync("session")).Json.GetProperty("signedIn").GetBoolean());
        Assert.True((await browser.GetAsync("session")).Json.GetProperty("signedIn").GetBoolean());
        rig.Clock.Advance(Totp.Step);
        (await SignInAsync(rig, other, oldSecret)).Is(401);
        (await SignInAsync(rig, other, secret, password: "another four word phrase")).Is(200);
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) =>
        // Appendix B, its secret "12345678901234567890" in base32, and the last six of its eight digits.
        Assert.Equal(code, Totp.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)));

    private static async Task<TimeSpan> RefusedAfterAsync(Browser browser, string email)
    {
        long since = TimeProvider.System.GetTimestamp();
        (await browser.PostAsync("session/password", new { email, password = "kettle orbit lemon chair", code = "000000" })).Is(401);
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static TimeSpan Quicker(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // All but the number of the request.
    private static string Said(Answer answer) =>
        string.Join('\n', answer.Json.EnumerateObject().Where(field => field.Name != "traceId").Select(field => $"{field.Name}: {field.Value}"));

    private static Task<Answer> SignInAsync(PeopleRig rig, Browser browser, string secret, string email = Email, string password = Password) =>
        browser.PostAsync("session/password", new { email, password, code = Totp.CodeAt(secret, rig.Clock.GetUtcNow()) });
}
