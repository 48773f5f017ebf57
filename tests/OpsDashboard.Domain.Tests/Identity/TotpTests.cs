using System.Text;
using OpsDashboard.Domain.Identity;

namespace OpsDashboard.Domain.Tests.Identity;

/// <summary>Against the vectors of RFC 6238, appendix B (SHA-1), whose last six digits these are, and RFC 4648 for the text form.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_AtAnInstantOfTheStandard_IsTheStandards(long seconds, string code)
    {
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(seconds * 1000)));
        Assert.NotNull(Totp.Verify(Secret, code, seconds * 1000, 0));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Code_OfAClockThatIsOff_CountsWithinOneStep(int offSeconds, bool counts) =>
        Assert.Equal(counts, Totp.Verify(Secret, "005924", (1234567890 + offSeconds) * 1000L, 0) is not null);

    [Fact]
    public void Code_ThatWasUsed_CountsNoMore()
    {
        var step = Totp.Verify(Secret, "005924", 1234567890_000, 0)!.Value;

        Assert.Null(Totp.Verify(Secret, "005924", 1234567890_000, step));
        Assert.NotNull(Totp.Verify(Secret, Totp.CodeAt(Secret, step + 1), 1234567890_000, step));
    }

    [Theory]
    [InlineData("005 924", true)]
    [InlineData("005925", false)]
    [InlineData("", false)]
    [InlineData("5924", false)]
    public void Code_Typed_IsReadWithoutBlanks(string typed, bool counts) => Assert.Equal(counts, Totp.Verify(Secret, typed, 1234567890_000, 0) is not null);

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_OfTheStandard_IsTheStandards(string text, string encoded) => Assert.Equal(encoded, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Uri_OfAnAccount_EscapesWhatItNames() => Assert.Equal(
        "otpauth://totp/Ops%20Dashboard:a%26b%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ops%20Dashboard&digits=6&period=30",
        Totp.Uri("Ops Dashboard", "a&b@example.test", Secret));
}
