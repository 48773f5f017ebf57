using OpsDashboard.Testing;
using OpsDashboard.Web.Shell;

namespace OpsDashboard.Web.Tests.Shell;

public sealed class KeyTableTests
{
    [Fact]
    public void Groups_AllBindings_AreDifferentAndDoOneThing()
    {
        var bindings = KeyTable.GroupsFor(TestCallers.Viewer).SelectMany(group => group.Keys).Where(binding => binding.Keys is not null).ToList();

        Assert.Equal(bindings.Count, bindings.Select(binding => binding.Keys).Distinct(StringComparer.Ordinal).Count());
        Assert.All(bindings, binding => Assert.True(binding.Act is null != binding.Go is null, binding.Means));
    }

    [Fact]
    public void Groups_EveryPlace_HasItsLetter() =>
        Assert.All(Navigation.Places, place => Assert.Contains(KeyTable.GroupsFor(TestCallers.Viewer)[^1].Keys, binding => binding.Keys == $"g {place.Letter}" && binding.Go == place.Href));
}
