using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Catalog;

public sealed class OpenSloApiTests
{
    private const string Service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: checkout, labels: {platform: shop}}\nspec: {}\n";

    private const string Sli = """
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: orders, labels: {platform: shop, service: checkout}}
        spec:
          ratioMetric:
            good: {metricSource: {type: OpsDashboard, spec: {}}}
            total: {metricSource: {type: OpsDashboard, spec: {}}}

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_ExportAndImport_RoundTrip()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, first) = await PostAsync(app, Text(Service + "---\n" + Sli));
        using var export = await app.Http.GetAsync("/api/v1/openslo?platform=shop", Token);
        var text = await export.Content.ReadAsStringAsync(Token);
        var (_, again) = await PostAsync(app, Text(text));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, first.GetProperty("added").GetInt32());
        Assert.Equal("application/yaml", export.Content.Headers.ContentType?.MediaType);
        Assert.Equal("openslo-shop.yaml", export.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(2, again.GetProperty("unchanged").GetInt32());
        Assert.Equal(0, again.GetProperty("added").GetInt32() + again.GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task Import_DryRun_ChangesNothing()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, would) = await PostAsync(app, Text(Service), "?dryRun=true");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(would.GetProperty("dryRun").GetBoolean());
        Assert.Equal("shop/checkout", would.GetProperty("objects")[0].GetProperty("id").GetString());
        using var export = await app.Http.GetAsync("/api/v1/openslo?platform=shop", Token);
        Assert.Equal(HttpStatusCode.NotFound, export.StatusCode);
    }

    [Fact]
    public async Task Import_SeveralFiles_NamesTheFileOfEachFault()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(Service.Replace("checkout", "Check out", StringComparison.Ordinal)), "files", "services.yaml");
        form.Add(new StringContent(Sli.Replace("total:", "totals:", StringComparison.Ordinal)), "files", "slis.yaml");

        var (status, problem) = await PostAsync(app, form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(
            ["services.yaml:3:18 metadata.name", "slis.yaml:6:11 spec.ratioMetric.good", "slis.yaml:7:5 spec.ratioMetric.totals"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_AsJson_IsRead()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, done) = await PostAsync(app, Text("""{"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "json"}, "spec": {}}""", "application/json"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("default/json", done.GetProperty("objects")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Import_RepeatedWithItsKey_AnswersAsTheFirstTime()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (_, first) = await PostAsync(app, Text(Service), idempotencyKey: "once");
        var (_, again) = await PostAsync(app, Text(Service), idempotencyKey: "once");

        Assert.Equal(1, first.GetProperty("added").GetInt32());
        Assert.Equal(1, again.GetProperty("added").GetInt32());
    }

    [Fact]
    public async Task Import_WithoutAKey_IsRefused()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        using var answer = await app.Anonymous.PostAsync("/api/v1/openslo", Text(Service), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    public static TheoryData<byte[], string, string, HttpStatusCode> Refused => new()
    {
        { "x"u8.ToArray(), "text/csv", "", HttpStatusCode.UnsupportedMediaType },
        { [0xC3, 0x28], "application/yaml", "", HttpStatusCode.BadRequest },
        { "no form"u8.ToArray(), "multipart/form-data; boundary=b", "", HttpStatusCode.BadRequest },
        { "no form"u8.ToArray(), "multipart/form-data", "", HttpStatusCode.BadRequest },
        { "kind: ["u8.ToArray(), "application/yaml", "", HttpStatusCode.UnprocessableEntity },
        { " "u8.ToArray(), "application/yaml", "", HttpStatusCode.UnprocessableEntity },
        { "x"u8.ToArray(), "application/yaml", "?dryRun=perhaps", HttpStatusCode.UnprocessableEntity },
        { new byte[OpenSloLimits.MaxTotalBytes + 1], "application/yaml", "", HttpStatusCode.RequestEntityTooLarge },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Import_OfWhatIsNoImport_IsAProblemAndNoFault(byte[] body, string type, string query, HttpStatusCode expected)
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var (status, problem) = await PostAsync(app, content, query);

        Assert.Equal(expected, status);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
    }

    private static StringContent Text(string text, string type = "application/yaml") => new(text, Encoding.UTF8, type);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        InProcessApp app,
        HttpContent content,
        string query = "",
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/openslo" + query) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var answer = await app.Http.SendAsync(request, Token);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement);
    }
}
