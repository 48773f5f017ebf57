using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OpsDashboard.Domain.Slos;
using static OpsDashboard.Web.Tests.Telemetry.Batches;

namespace OpsDashboard.Web.Tests.Telemetry;

/// <summary>Which answer each kind of request gets, and what of it is stored.</summary>
public sealed class SamplesAnswersTests(IntakeHost host) : IClassFixture<IntakeHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("not-the-key-of-anyone")]
    public async Task Post_WithoutARightKey_Is401(string? key)
    {
        var content = new StringContent(Batch("k", Counts(IntakeHost.Availability, IntakeHost.Now, 1, 1)), Encoding.UTF8, Json);
        using var response = await (key is null ? host.Anonymous : host.Http).PostSamplesAsync(content, Token, key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Post_AsXml_Is415()
    {
        using var response = await host.Http.PostSamplesAsync(new StringContent("<samples/>", Encoding.UTF8, "application/xml"), Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Post_Compressed_Is415()
    {
        using var content = new ByteArrayContent([0x1F, 0x8B, 8, 0]);
        content.Headers.ContentType = new(Json);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Http.PostSamplesAsync(content, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("", "body.json")]
    [InlineData("[]", "body.object")]
    [InlineData("{\"batchId\":\"m\",\"samples\":[", "body.json")]
    [InlineData("{\"batchId\":\"m\",\"samples\":[]} trailing", "body.json")]
    [InlineData("{\"batchId\":\"m\",\"sample\":[]}", "body.field")]
    public async Task Post_MalformedBody_Is400AndNamesTheRule(string body, string rule)
    {
        using var response = await host.Http.PostBatchAsync(body, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(rule, Assert.Single(await response.ErrorsAsync(Token)).Rule);
    }

    [Theory]
    [InlineData("{\"samples\":[{\"sli\":\"shop/checkout/availability\",\"at\":\"2026-11-20T12:00:00Z\",\"good\":1,\"total\":1}]}", "/batchId", "batchId.required")]
    [InlineData("{\"batchId\":\"m\"}", "/samples", "samples.required")]
    [InlineData("{\"batchId\":\"m\",\"samples\":{}}", "/samples", "samples.array")]
    [InlineData("{\"batchId\":\"m\",\"samples\":[]}", "/samples", "samples.required")]
    public async Task Post_BatchWithoutItsParts_Is422(string body, string pointer, string rule)
    {
        using var response = await host.Http.PostBatchAsync(body, Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal((pointer, rule), Assert.Single(await response.ErrorsAsync(Token)));
    }

    [Fact]
    public async Task Post_LinesWithoutBatchId_Is422()
    {
        var line = Counts(IntakeHost.Availability, IntakeHost.Now, 1, 1);
        using var response = await host.Http.PostSamplesAsync(new StringContent(line, Encoding.UTF8, Ndjson), Token);

        Assert.Equal(("/batchId", "batchId.required"), Assert.Single(await response.ErrorsAsync(Token)));
    }

    [Theory]
    [InlineData("\"good\":1", "counts.required")]
    [InlineData("\"good\":2,\"total\":1", "counts.goodExceedsTotal")]
    [InlineData("\"good\":-1,\"total\":1", "counts.negative")]
    [InlineData("\"good\":1.5,\"total\":2", "counts.integer")]
    [InlineData("\"good\":\"1\",\"total\":2", "counts.integer")]
    [InlineData("\"good\":0,\"total\":1000000000001", "counts.overflow")]
    [InlineData("\"good\":1,\"total\":1,\"bad\":0", "sample.shape")]
    public async Task Post_OnlyABadSample_Is422WithItsPointerAndRule(string measured, string rule)
    {
        using var response = await host.Http.PostBatchAsync(Batch("bad", Sample(IntakeHost.Availability, IntakeHost.Now, measured)), Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(("/samples/0", rule), Assert.Single(await response.ErrorsAsync(Token)));
    }

    [Theory]
    [InlineData(IntakeHost.Latency, "\"good\":1,\"total\":1", "latency.required")]
    [InlineData(IntakeHost.Latency, "\"valuesMs\":[1],\"histogram\":{\"upperBoundsMs\":[1],\"counts\":[1]}", "latency.required")]
    [InlineData(IntakeHost.Latency, "\"valuesMs\":[-1]", "counts.negative")]
    [InlineData(IntakeHost.Latency, "\"valuesMs\":[\"1\"]", "value.number")]
    [InlineData(IntakeHost.Latency, "\"histogram\":{\"upperBoundsMs\":[10,5],\"counts\":[1,1]}", "histogram.shape")]
    [InlineData(IntakeHost.Latency, "\"histogram\":{\"upperBoundsMs\":[10],\"counts\":[1,1,1]}", "histogram.shape")]
    [InlineData(IntakeHost.Queue, "\"good\":1,\"total\":1", "value.required")]
    [InlineData(IntakeHost.Queue, "\"value\":true", "value.number")]
    [InlineData(IntakeHost.Queue, "\"value\":1e12", "counts.overflow")]
    [InlineData("shop/checkout/unknown", "\"good\":1,\"total\":1", "sli.unknown")]
    public async Task Post_MeasurementThatDoesNotFitItsSli_NamesTheRule(string sli, string measured, string rule)
    {
        using var response = await host.Http.PostBatchAsync(Batch("unfit", Sample(sli, IntakeHost.Now, measured)), Token);

        Assert.Equal(("/samples/0", rule), Assert.Single(await response.ErrorsAsync(Token)));
    }

    [Theory]
    [InlineData("{\"at\":\"2026-11-20T12:00:00Z\",\"good\":1,\"total\":1}", "sli.required")]
    [InlineData("{\"sli\":\"shop/checkout/availability\",\"good\":1,\"total\":1}", "at.required")]
    [InlineData("{\"sli\":\"shop/checkout/availability\",\"at\":\"2026-11-20T12:00:00\",\"good\":1,\"total\":1}", "at.rfc3339")]
    [InlineData("{\"sli\":\"shop/checkout/availability\",\"at\":1763640000,\"good\":1,\"total\":1}", "at.rfc3339")]
    [InlineData("7", "sample.shape")]
    public async Task Post_SampleWithoutItsParts_NamesTheRule(string sample, string rule)
    {
        using var response = await host.Http.PostBatchAsync(Batch("parts", sample), Token);

        Assert.Equal(("/samples/0", rule), Assert.Single(await response.ErrorsAsync(Token)));
    }

    [Fact]
    public async Task Post_GoodAndBadSamples_TakesTheGoodAndNamesTheBad()
    {
        var at = IntakeHost.Now.AddHours(-3);
        using var response = await host.Http.PostLinesAsync(
            "partial",
            [Counts(IntakeHost.Availability, at, 9, 10), Counts("shop/checkout/unknown", at, 1, 1), Counts(IntakeHost.Availability, at, 10, 10), Counts(IntakeHost.Availability, at, 2, 1)],
            Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.ReadAsync(Token);
        Assert.Equal(2, receipt.GetProperty("accepted").GetInt32());
        Assert.Equal([(1, "sli.unknown"), (3, "counts.goodExceedsTotal")], Rejected(receipt));
        var stored = await host.StoredAsync(IntakeHost.Availability, at, Token);
        Assert.Equal((19L, 20L), (stored!.Value.Good, stored.Value.Total));
    }

    [Fact]
    public async Task Post_SameBatchAgain_CountsOnceAndSaysSo()
    {
        var at = IntakeHost.Now.AddHours(-4);
        var body = Batch("twice", Counts(IntakeHost.Availability, at, 5, 6));
        using var first = await host.Http.PostBatchAsync(body, Token);
        using var again = await host.Http.PostBatchAsync(body, Token);

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var receipt = await again.ReadAsync(Token);
        Assert.Equal((0, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("duplicates").GetInt32()));
        Assert.Equal(6, (await host.StoredAsync(IntakeHost.Availability, at, Token))!.Value.Total);
    }

    [Fact]
    public async Task Post_Latencies_KeepsThemAsAHistogram()
    {
        var at = IntakeHost.Now.AddHours(-5);
        using var response = await host.Http.PostBatchAsync(
            Batch(
                "latency",
                Sample(IntakeHost.Latency, at, "\"valuesMs\":[1.5,100,900]"),
                Sample(IntakeHost.Latency, at, "\"histogram\":{\"upperBoundsMs\":[100,200],\"counts\":[3,4,5]}")),
            Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var durations = (await host.StoredAsync(IntakeHost.Latency, at, Token))!.Value.Histogram!;
        Assert.Equal(15, durations.Count);
        Assert.Equal(9, durations.CountUnder(new Threshold(Comparison.LessOrEqual, 200m)));
    }

    [Fact]
    public async Task Post_Gauge_KeepsItsReadingsExactly()
    {
        var at = IntakeHost.Now.AddHours(-6);
        using var response = await host.Http.PostBatchAsync(
            Batch("gauge", Sample(IntakeHost.Queue, at, "\"value\":0.83"), Sample(IntakeHost.Queue, at, "\"value\":-0.03")), Token);

        var cell = (await host.StoredAsync(IntakeHost.Queue, at, Token))!.Value;
        Assert.Equal((800_000L, 2L), (cell.ValueSumMicros, cell.ValueCount));
    }

    [Fact]
    public async Task Post_EscapedNamesAndOffsets_AreUnderstood()
    {
        var body = """{"batchId":"escaped","samples":[{"sl\u0069":"shop\/checkout/availability","at":"2026-11-20T06:30:00+01:00","good":3,"total":4}]}""";
        using var response = await host.Http.PostBatchAsync(body, Token);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var stored = await host.StoredAsync(IntakeHost.Availability, new DateTimeOffset(2026, 11, 20, 5, 30, 0, TimeSpan.Zero), Token);
        Assert.Equal(4, stored!.Value.Total);
    }

    [Fact]
    public async Task Post_ContentTypeWithCharset_IsTaken()
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Counts(IntakeHost.Availability, IntakeHost.Now.AddHours(-7), 1, 1)));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-ndjson; charset=utf-8");
        using var response = await host.Http.PostSamplesAsync(content, Token, "?batchId=charset");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
