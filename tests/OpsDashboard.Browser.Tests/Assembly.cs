using OpsDashboard.Browser.Tests;

[assembly: AssemblyFixture(typeof(Rig))]
