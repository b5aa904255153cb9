using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Node.Community.Idempotency;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Tests.Databases;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Commonwatt.Node.Tests.Community;

public class IdempotencyTests
{
    private const string Anna = "sub=a";

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_request_that_is_repeated_gets_its_first_answer_and_is_done_once(string kind)
    {
        int done = 0;
        await using ApiRig api = await RigAsync(kind, text => Results.Created($"/things/{Interlocked.Increment(ref done)}", new { text, count = done }));

        (HttpStatusCode, string?, string) first = await PostAsync(api, Anna, "k1", "one");
        (HttpStatusCode, string?, string) again = await PostAsync(api, Anna, "k1", "one");

        Assert.Equal((HttpStatusCode.Created, "/things/1", """{"text":"one","count":1}"""), first);
        Assert.Equal(first, again);
        Assert.Equal(1, done);
        Assert.Equal("/things/2", (await PostAsync(api, "sub=b", "k1", "one")).Location);
        Assert.Equal("/things/3", (await PostAsync(api, "client=a", "k1", "one")).Location);
        Assert.Equal("/things/4", (await PostAsync(api, Anna, null, "one")).Location);
        (HttpStatusCode status, _, string body) = await PostAsync(api, Anna, "k1", "two");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("idempotency-key-reused", body, StringComparison.Ordinal);
        Assert.Equal(4, done);
    }

    [Fact]
    public async Task What_failed_may_be_tried_again_with_the_same_key()
    {
        int tries = 0;
        await using ApiRig api = await RigAsync("sqlite", _ => ++tries switch
        {
            1 => throw new InvalidOperationException("broken"),
            2 => Results.StatusCode(503),
            _ => Results.Ok(tries),
        });

        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(api, Anna, "k", "x")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(api, Anna, "k", "x")).Status);
        Assert.Equal((HttpStatusCode.OK, "3"), (await PostAsync(api, Anna, "k", "x")) is var (status, _, body) ? (status, body) : default);
        Assert.Equal("3", (await PostAsync(api, Anna, "k", "x")).Body);
    }

    [Fact]
    public async Task Who_was_cut_off_before_the_answer_gets_all_of_it_with_the_same_key()
    {
        int done = 0;
        await using ApiRig api = await ApiRig.OfAsync(TestCommunity.Founded(), "sqlite", more: routes => routes.MapPost("/things", (Thing thing, HttpContext context, CancellationToken aborted) =>
        {
            if (Interlocked.Increment(ref done) == 1)
            {
                context.Abort();
                Assert.True(aborted.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
            }

            return Results.Ok(new { text = thing.Text, done });
        }).TakesIdempotencyKey());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostAsync(api, Anna, "k", "x"));

        // The first may still be about to keep its answer.
        (HttpStatusCode Status, string? Location, string Body) again;
        do
        {
            again = await PostAsync(api, Anna, "k", "x");
        }
        while (again.Status == HttpStatusCode.Conflict);

        Assert.Equal((HttpStatusCode.OK, """{"text":"x","done":1}"""), (again.Status, again.Body));
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task While_the_first_is_being_answered_a_second_is_told_to_wait()
    {
        using var entered = new SemaphoreSlim(0);
        using var leave = new SemaphoreSlim(0);
        await using ApiRig api = await RigAsync("sqlite", _ =>
        {
            entered.Release();
            leave.Wait(TestContext.Current.CancellationToken);
            return Results.Ok("done");
        });

        Task<(HttpStatusCode Status, string?, string)> first = PostAsync(api, Anna, "k", "x");
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(api, Anna, "k", "x")).Status);
        leave.Release();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("has spaces")]
    [InlineData("ümlaut")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using ApiRig api = await RigAsync("sqlite", _ => Results.Ok());

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(api, Anna, key, "x")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(api, null, "k", "x")).Status);
    }

    [Fact]
    public void After_a_day_a_key_is_new_again_and_a_request_cut_off_by_a_crash_after_minutes()
    {
        Instant now = TestCommunity.Today;
        using TestDatabase database = new("sqlite");
        var store = new IdempotencyStore(database.Open(), new ApiRig.TestClock(() => now));
        store.Prepare();
        Assert.Null(store.Take("a", "kept", "r"));
        store.Keep("a", "kept", 200, "text/plain", [1], null);
        Assert.Null(store.Take("a", "cut", "r"));

        now += TimeSpan.FromMinutes(3);
        Assert.Equal(200, store.Take("a", "kept", "r")!.Status);
        Assert.Null(store.Take("a", "cut", "r"));

        now += TimeSpan.FromHours(24);
        Assert.Null(store.Take("a", "kept", "r"));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task An_answer_is_gone_after_a_day_though_nobody_sends_a_key_again(string kind)
    {
        Instant now = TestCommunity.Today;
        using TestDatabase database = new(kind);
        Database tables = database.Open();
        var store = new IdempotencyStore(tables, new ApiRig.TestClock(() => now));
        store.Prepare();
        Assert.Null(store.Take("a", "old", "r"));
        store.Keep("a", "old", 201, "text/plain", [1], null);
        now += TimeSpan.FromHours(23);
        Assert.Null(store.Take("a", "new", "r"));
        store.Keep("a", "new", 201, "text/plain", [1], null);

        now += TimeSpan.FromHours(2);
        using var stopping = new CancellationTokenSource();
        Task forgetting = store.ForgetEachHourAsync(stopping.Token);
        await stopping.CancelAsync();
        await forgetting;

        using DbConnection connection = tables.Open();
        Assert.Equal(["new"], connection.Query<string>("SELECT key FROM idempotency"));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void Of_one_caller_no_more_is_kept_than_the_newest_answers(string kind)
    {
        Instant now = TestCommunity.Today;
        using TestDatabase database = new(kind);
        Database tables = database.Open();
        var store = new IdempotencyStore(tables, new ApiRig.TestClock(() => now));
        store.Prepare();
        using DbConnection connection = tables.Open();
        connection.Execute(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {IdempotencyStore.MostOfCaller})
            INSERT INTO idempotency (caller, key, request, at, status) SELECT 'a', 'old-' || i, 'r', {now.UnixMilliseconds} + i, 200 FROM n
            """);
        Assert.Null(store.Take("b", "other", "r"));

        now += TimeSpan.FromMinutes(1);
        for (int request = 0; request < 200; request++)
        {
            Assert.Null(store.Take("a", $"new-{request}", "r"));
            store.Keep("a", $"new-{request}", 200, null, [], null);
        }

        Assert.InRange(connection.QuerySingle<long>("SELECT COUNT(*) FROM idempotency WHERE caller = 'a'"), IdempotencyStore.MostOfCaller, IdempotencyStore.MostOfCaller + 101);
        Assert.NotNull(store.Take("a", "new-0", "r"));
        Assert.NotNull(store.Take("b", "other", "r"));
        Assert.Null(store.Take("a", "old-1", "r"));
    }

    private static Task<ApiRig> RigAsync(string kind, Func<string, IResult> answer) => ApiRig.OfAsync(
        TestCommunity.Founded(), kind, more: routes => routes.MapPost("/things", (Thing thing) => answer(thing.Text)).TakesIdempotencyKey());

    private static async Task<(HttpStatusCode Status, string? Location, string Body)> PostAsync(ApiRig api, string? who, string? key, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/things") { Content = JsonContent.Create(new Thing(text)) };
        if (key is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(IdempotencyFilter.Header, key));
        }

        if (who is not null)
        {
            request.Headers.Add("X-Who", who);
        }

        using HttpResponseMessage response = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed record Thing(string Text);
}
