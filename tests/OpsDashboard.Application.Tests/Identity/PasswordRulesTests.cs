using OpsDashboard.Application.Identity.Passwords;

namespace OpsDashboard.Application.Tests.Identity;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData(null, "password.short")]
    [InlineData("elevenchars", "password.short")]
    [InlineData("passwordpassword", "password.common")]
    [InlineData("Password123456", "password.common")]
    [InlineData("WelcomeAdmin2026!", "password.common")]
    [InlineData("qwertyuiop123", "password.common")]
    [InlineData("p@ssword12345", "password.common")]
    [InlineData("1111111111111", "password.common")]
    [InlineData("kettlekettle", "password.common")]
    [InlineData("OpsDashboard2026", "password.common")]
    [InlineData("ada.lovelace.9", "password.own")]
    [InlineData("Lovelace-Ada-1", "password.own")]
    public void Password_EasyToGuess_IsRefusedByItsRule(string? password, string rule) =>
        Assert.Equal(rule, Assert.Single(Check(password)).Rule);

    [Theory]
    [InlineData("seven green kettles on a roof")]
    [InlineData("xkqv-tmbd-77ph")]
    [InlineData("müde Elche kauen Kies")]
    [InlineData("twelve chars")]
    public void Password_HardToGuess_IsTaken(string password) => Assert.Empty(Check(password));

    [Fact]
    public void Password_AtTheLongest_IsTakenAndOneMoreIsNot()
    {
        var longest = string.Concat(Enumerable.Range(0, 40).Select(part => $"{part}-kettle "))[..PasswordRules.MaxLength];

        Assert.Empty(Check(longest));
        Assert.Equal("password.long", Assert.Single(Check(longest + "x")).Rule);
    }

    private static IReadOnlyList<OpsDashboard.Domain.Fault> Check(string? password) => PasswordRules.Check(password, "/password", "Ada Lovelace", "ada.lovelace@example.test", "OpsDashboard");
}
