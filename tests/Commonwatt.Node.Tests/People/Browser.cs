using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Commonwatt.Node.Tests.People;

/// <summary>A browser on one of the community's pages: keeps cookies, and says where its requests come from.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();

    public Browser(Uri site)
    {
        Site = site;
        Origin = site.GetLeftPart(UriPartial.Authority);
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = site };
    }

    public Uri Site { get; }

    /// <summary>What it says it comes from; null for nothing.</summary>
    public string? Origin { get; set; }

    /// <summary>What it says of the site it comes from; null for nothing.</summary>
    public string? FetchSite { get; set; }

    /// <summary>Whether the page sends the header that another site's form cannot.</summary>
    public bool SendsHeader { get; set; } = true;

    /// <summary>What it calls a request, so that it can repeat it; or null.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Whom a proxy says to ask for; or null for no proxy.</summary>
    public string? ForwardedFor { get; set; }

    /// <summary>A machine's token, or null.</summary>
    public string? Bearer { get; set; }

    /// <summary>The session's secret as it is sent over TLS, which a proxy took off; or null.</summary>
    public string? SecureCookie { get; set; }

    public string? Cookie => cookies.GetCookies(Site)["commonwatt"]?.Value;

    public void TakeCookie(string token) => cookies.Add(Site, new Cookie("commonwatt", token, "/"));

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body ?? new { });

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> FormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<Answer> SendAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, path, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}") { Content = content };
        if (Origin is not null)
        {
            request.Headers.Add("Origin", Origin);
        }

        if (FetchSite is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", FetchSite);
        }

        if (SendsHeader)
        {
            request.Headers.Add("X-Commonwatt", "1");
        }

        if (Bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        }

        if (IdempotencyKey is not null && method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", IdempotencyKey);
        }

        if (ForwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", ForwardedFor);
        }

        if (SecureCookie is not null)
        {
            request.Headers.Add("Cookie", $"__Host-commonwatt={SecureCookie}");
        }

        request.Headers.UserAgent.ParseAdd("Test/1.0");
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        string text = await ReadAsync(response);
        return new Answer((int)response.StatusCode, text, response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => client.Dispose();

    // A long table may break off where the server fails in the middle; its status was sent before.
    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return "";
        }

        try
        {
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Code => Json.TryGetProperty("code", out JsonElement code) ? code.GetString() : null;

    public Answer Is(int status, string? code = null)
    {
        Assert.True(Status == status, $"{Status} and not {status}: {Text}");
        if (code is not null)
        {
            Assert.Equal(code, Code);
        }

        return this;
    }
}
