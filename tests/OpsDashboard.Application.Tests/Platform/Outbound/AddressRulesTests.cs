using System.Net;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Telemetry.Probes;

namespace OpsDashboard.Application.Tests.Platform.Outbound;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("93.184.215.14", nameof(AddressZone.Public))]
    [InlineData("2606:2800:21f:cb07::1", nameof(AddressZone.Public))]
    [InlineData("127.0.0.1", nameof(AddressZone.Private))]
    [InlineData("127.8.9.10", nameof(AddressZone.Private))]
    [InlineData("10.0.0.1", nameof(AddressZone.Private))]
    [InlineData("172.16.0.1", nameof(AddressZone.Private))]
    [InlineData("172.32.0.1", nameof(AddressZone.Public))]
    [InlineData("192.168.1.1", nameof(AddressZone.Private))]
    [InlineData("100.64.0.1", nameof(AddressZone.Private))]
    [InlineData("::1", nameof(AddressZone.Private))]
    [InlineData("fd12:3456::1", nameof(AddressZone.Private))]
    [InlineData("::ffff:10.0.0.1", nameof(AddressZone.Private))]
    [InlineData("64:ff9b::a00:1", nameof(AddressZone.Private))]
    [InlineData("2002:a00:1::", nameof(AddressZone.Private))]
    [InlineData("::ffff:169.254.169.254", nameof(AddressZone.Special))]
    [InlineData("64:ff9b::a9fe:a9fe", nameof(AddressZone.Special))]
    [InlineData("169.254.169.254", nameof(AddressZone.Special))]
    [InlineData("fd00:ec2::254", nameof(AddressZone.Special))]
    [InlineData("fe80::1", nameof(AddressZone.Special))]
    [InlineData("fe80::1%1", nameof(AddressZone.Special))]
    [InlineData("224.0.0.1", nameof(AddressZone.Special))]
    [InlineData("ff02::1", nameof(AddressZone.Special))]
    [InlineData("0.0.0.0", nameof(AddressZone.Special))]
    [InlineData("::", nameof(AddressZone.Special))]
    [InlineData("255.255.255.255", nameof(AddressZone.Special))]
    public void ZoneOf_Address_IsWhereItEnds(string address, string zone) =>
        Assert.Equal(Enum.Parse<AddressZone>(zone), AddressRules.ZoneOf(IPAddress.Parse(address)));

    [Fact]
    public void Refusal_WithPrivateAllowed_StillKeepsMetadataOut()
    {
        var policy = new OutboundPolicy(AllowPrivate: true, []);

        Assert.Null(policy.Refusal(IPAddress.Parse("10.1.2.3")));
        Assert.NotNull(policy.Refusal(IPAddress.Parse("169.254.169.254")));
    }

    [Fact]
    public void Refusal_OfAnAllowedNetwork_IsNone()
    {
        var options = new ProbesOptions { AllowTargets = { "10.1.0.0/16", "169.254.169.254" } };
        var policy = options.ToPolicy();

        Assert.Null(policy.Refusal(IPAddress.Parse("10.1.2.3")));
        Assert.Null(policy.Refusal(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.Null(policy.Refusal(IPAddress.Parse("169.254.169.254")));
        Assert.NotNull(policy.Refusal(IPAddress.Parse("10.2.0.1")));
    }

    [Fact]
    public void AllowTargets_ThatAreNoNetwork_AreRefusedAtTheStart()
    {
        var result = new ProbesOptionsValidator().Validate(null, new ProbesOptions { AllowTargets = { "localhost", "10.0.0.0/99" } });

        Assert.Equal(2, result.Failures!.Count());
    }
}
