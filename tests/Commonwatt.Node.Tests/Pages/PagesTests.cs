using System.Net;
using Commonwatt.Node.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.Pages;

/// <summary>How the built pages are served.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private WebApplication? server;
    private HttpClient? client;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(scratch.File("web/assets"));
        scratch.Write("web/index.html", "<!doctype html><title>Commonwatt</title>");
        scratch.Write("web/assets/app-1f3a.js", "let plain;");
        scratch.Write("web/assets/app-1f3a.js.br", "brotli");
        scratch.Write("web/assets/app-1f3a.js.gz", "gzip");
        scratch.Write("secret.txt", "nobody may read this");
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        server = builder.Build();
        ((IEndpointRouteBuilder)server).MapGet("/status", () => Results.Text("status"));
        new PagesPart(PageFiles.Of(scratch.File("web"))!).Map(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
        client = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        client!.Dispose();
        await server!.DisposeAsync();
        scratch.Dispose();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/market")]
    [InlineData("/invoices/2026-11-3")]
    public async Task A_route_of_the_pages_begins_with_the_first_page_which_is_asked_for_again(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Contains("script-src 'self'; style-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using HttpResponseMessage again = await GetAsync(path, ("If-None-Match", answer.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip, deflate", "gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip", "gzip")]
    [InlineData("identity", null, "let plain;")]
    public async Task A_file_with_a_hashed_name_is_kept_for_ever_and_sent_in_the_form_that_the_browser_takes(string accepted, string? encoding, string content)
    {
        using HttpResponseMessage answer = await GetAsync("/assets/app-1f3a.js", ("Accept-Encoding", accepted));

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("/assets/gone-2b2b.js")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/blocks/7")]
    [InlineData("/../secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    [InlineData("/assets/app-1f3a.js.br")]
    public async Task What_is_no_page_and_no_file_of_the_pages_is_not_found(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Endpoints_come_before_the_pages()
    {
        using HttpResponseMessage answer = await GetAsync("/status");

        Assert.Equal("status", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_folder_without_pages_says_what_to_do()
    {
        var lines = new List<string>();

        Assert.Null(BuiltPages.Find(scratch.File("nowhere"), lines.Add));

        Assert.Contains("npm run build:pages", Assert.Single(lines), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client!.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
