using System.Net;
using System.Text;
using OpsDashboard.Testing;
using static OpsDashboard.Web.Tests.Telemetry.Batches;

namespace OpsDashboard.Web.Tests.Telemetry;

/// <summary>Every limit of the intake, at it and one past it.</summary>
public sealed class SamplesLimitsTests(IntakeHost host) : IClassFixture<IntakeHost>
{
    private const int MaxBytes = 10 * 1024 * 1024;
    private const int MaxSamples = 50_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MaxSamples, HttpStatusCode.Accepted)]
    [InlineData(MaxSamples + 1, HttpStatusCode.UnprocessableEntity)]
    public async Task Batch_OfManySamples_IsTakenUpTo50000(int samples, HttpStatusCode expected)
    {
        var line = Counts(IntakeHost.Availability, IntakeHost.Now.AddHours(-1), 1, 1);
        using var response = await host.Http.PostLinesAsync($"many-{samples}", Enumerable.Repeat(line, samples), Token);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.Accepted)
        {
            Assert.Equal(samples, (await response.ReadAsync(Token)).GetProperty("accepted").GetInt32());
        }
        else
        {
            Assert.Equal(("/samples", "samples.tooMany"), Assert.Single(await response.ErrorsAsync(Token)));
        }
    }

    [Theory]
    [InlineData(MaxBytes, false, HttpStatusCode.Accepted)]
    [InlineData(MaxBytes + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(MaxBytes, true, HttpStatusCode.Accepted)]
    [InlineData(MaxBytes + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_OfManyBytes_IsTakenUpTo10Mb(int bytes, bool chunked, HttpStatusCode expected)
    {
        var body = Encoding.UTF8.GetBytes(Batch($"bytes-{bytes}-{chunked}", Counts(IntakeHost.Availability, IntakeHost.Now.AddHours(-2), 1, 1)).PadRight(bytes));
        HttpContent content = chunked ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new(Json);
        using var response = await host.Http.PostSamplesAsync(content, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(-48 * 3600 * 1000L, null)]
    [InlineData((-48 * 3600 * 1000L) - 1, "at.tooOld")]
    [InlineData(5 * 60 * 1000L, null)]
    [InlineData((5 * 60 * 1000L) + 1, "at.ahead")]
    public async Task Sample_OfAnotherTime_IsTakenFrom48HoursBackTo5MinutesAhead(long milliseconds, string? rule)
    {
        var sample = Counts(IntakeHost.Availability, IntakeHost.Now.AddMilliseconds(milliseconds), 1, 1);
        using var response = await host.Http.PostBatchAsync(Batch($"time{milliseconds}", sample), Token);

        if (rule is null)
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        else
        {
            Assert.Equal(("/samples/0", rule), Assert.Single(await response.ErrorsAsync(Token)));
        }
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Accepted)]
    [InlineData(101, HttpStatusCode.UnprocessableEntity)]
    public async Task BatchId_OfManyCharacters_IsTakenUpTo100(int length, HttpStatusCode expected)
    {
        var body = Batch(new string('b', length), Counts(IntakeHost.Availability, IntakeHost.Now.AddHours(-2), 1, 1));
        using var response = await host.Http.PostBatchAsync(body, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Key_WritingMoreSeriesThanItMay_KeepsTheFirstOnes()
    {
        await using var app = await IntakeHost.StartAsync("Intake:MaxSeriesPerKey=2");
        using var response = await app.Http.PostBatchAsync(
            Batch(
                "cardinality",
                Counts(IntakeHost.Availability, IntakeHost.Now, 1, 1),
                Sample(IntakeHost.Queue, IntakeHost.Now, "\"value\":1"),
                Sample(IntakeHost.Latency, IntakeHost.Now, "\"valuesMs\":[1]"),
                Counts(IntakeHost.Availability, IntakeHost.Now, 1, 1)),
            Token);

        var receipt = await response.ReadAsync(Token);
        Assert.Equal(3, receipt.GetProperty("accepted").GetInt32());
        Assert.Equal([(2, "sli.cardinality")], Rejected(receipt));
    }

    [Fact]
    public async Task Intake_FullWhileTheStoreIsBusy_Answers503AndTakesAgainAfterwards()
    {
        await using var app = await IntakeHost.StartAsync("Intake:MaxSamplesPerBatch=1", "Intake:MaxPendingSamples=1");
        var locked = StoreLock.Take(app.DataDirectory);
        List<Task<HttpResponseMessage>> both = [PostAsync(app, "one"), PostAsync(app, "two")];

        // Whichever came first fills the intake and waits for the store; the other is refused at once.
        var refused = await Task.WhenAny(both);
        var answer = await refused;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("2", answer.Headers.RetryAfter!.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);

        locked.Dispose();
        Assert.Equal(HttpStatusCode.Accepted, (await both.Single(post => post != refused)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(app, "three")).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(InProcessApp app, string batchId) =>
        app.Http.PostBatchAsync(Batch(batchId, Counts(IntakeHost.Availability, IntakeHost.Now, 1, 1)), Token);

    /// <summary>Of unknown length, so that the body is sent in chunks.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
