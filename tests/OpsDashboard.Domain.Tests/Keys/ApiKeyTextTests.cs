using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Domain.Tests.Keys;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void Key_MadeAndReadAgain_IsTheSame()
    {
        var made = ApiKeyText.Create();

        Assert.True(ApiKeyText.TryParse(made.Full, out var read));
        Assert.Equal((made.Id, made.Hash), (read.Id, read.Hash));
        Assert.StartsWith($"ops_{made.Id}_", made.Full, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Full[20..], made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_Made_AreNeverTheSame() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => ApiKeyText.Create().Full).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Key_WithOneLetterMistyped_IsToldFromAKey()
    {
        var key = ApiKeyText.Create().Full;
        for (var at = 0; at < key.Length; at++)
        {
            var mistyped = key[..at] + (key[at] == 'a' ? 'b' : 'a') + key[(at + 1)..];
            Assert.False(ApiKeyText.TryParse(mistyped, out _), $"letter {at}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ops_")]
    [InlineData("ops_0123456789_0123")]
    [InlineData("intake-key-of-the-tests")]
    public void Text_OfAnotherForm_IsNoKey(string text) => Assert.False(ApiKeyText.TryParse(text, out _));

    [Fact]
    public void Key_InAnAddress_IsFound()
    {
        var key = ApiKeyText.Create();

        Assert.Equal(key.Id, ApiKeyText.FindIn($"/api/v1/slos?x=1&auth={key.Full}&y=2")?.Id);
        Assert.Null(ApiKeyText.FindIn($"/api/v1/slos?auth={key.Full[..^1]}"));
        Assert.False(ApiKeyText.TryParse($"x{key.Full}", out _));
    }
}
