using System.Reflection;
using System.Runtime.CompilerServices;

namespace OpsDashboard.Application.Tests.Architecture;

/// <summary>What the projects may see of each other and of the world.</summary>
public sealed class ProjectTests
{
    private static readonly Assembly Domain = Assembly.Load("OpsDashboard.Domain");
    private static readonly Assembly Application = Assembly.Load("OpsDashboard.Application");
    private static readonly Assembly Web = Assembly.Load("OpsDashboard.Web");

    [Fact]
    public void Domain_References_OnlyTheRuntimeAndNodaTime()
    {
        var others = Domain.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "NodaTime");

        Findings.None(others);
    }

    [Fact]
    public void Application_References_NoProviderAndNoWeb()
    {
        var others = Application.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith("OpsDashboard.", StringComparison.Ordinal) && name != "OpsDashboard.Domain"
                // The store of accounts; it knows nothing of HTTP.
                || (name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && name != "Microsoft.AspNetCore.Identity.EntityFrameworkCore")
                || name is "Microsoft.EntityFrameworkCore.Sqlite" or "Microsoft.EntityFrameworkCore.SqlServer");

        Findings.None(others);
    }

    [Fact]
    public void Web_References_NoEntityFramework() =>
        Assert.DoesNotContain(Web.GetReferencedAssemblies(), reference => reference.Name!.Contains("EntityFramework", StringComparison.Ordinal));

    [Fact]
    public void Web_MayNotSee_WhatIsInternalToTheApplication() =>
        Assert.DoesNotContain(Application.GetCustomAttributes<InternalsVisibleToAttribute>(), friend => friend.AssemblyName == "OpsDashboard.Web");

    [Fact]
    public void Application_PublicTypes_ShowNoDatabaseType()
    {
        var showing = from type in Application.GetExportedTypes()
                      from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                      from shown in Shown(member).Prepend(type.BaseType)
                      where shown?.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
                      select $"{type}.{member.Name} shows {shown}";

        Findings.None(showing);
    }

    [Fact]
    public void OnlyTheCompositionRoot_Names_AProvider()
    {
        var namers = from type in Web.GetTypes()
                     where TypeReferences.Of(type).Any(named => named.Assembly.GetName().Name!.StartsWith("OpsDashboard.Persistence.", StringComparison.Ordinal))
                     select type.DeclaringType?.FullName ?? type.FullName;

        Assert.All(namers.Distinct(), name => Assert.Equal("OpsDashboard.Web.OpsDashboardApp", name));
    }

    [Theory]
    [InlineData("OpsDashboard.Domain")]
    [InlineData("OpsDashboard.Application")]
    [InlineData("OpsDashboard.Persistence.Sqlite")]
    [InlineData("OpsDashboard.Persistence.SqlServer")]
    public void Classes_NotMadeForInheriting_AreSealed(string assembly)
    {
        var types = Assembly.Load(assembly).GetTypes()
            .Where(type => type.IsClass && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && Own(type) && !type.Name.Contains('<', StringComparison.Ordinal))
            .ToList();
        var parents = types.Select(type => type.BaseType).OfType<Type>().Select(Definition).ToHashSet();

        Findings.None(types.Where(type => !type.IsAbstract && !type.IsSealed && !parents.Contains(type)).Select(type => type.FullName));
    }

    [Fact]
    public void Machinery_OfTheApplication_IsInternal()
    {
        string[] endings = ["Handler", "Validator", "Row", "Behaviour", "Configuration", "DbContext"];
        var open = Application.GetExportedTypes().Where(type => endings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)));

        Findings.None(open.Select(type => type.FullName));
    }

    // Migrations are generated, and other tools add types of their own namespaces.
    private static bool Own(Type type) =>
        type.Namespace?.StartsWith("OpsDashboard.", StringComparison.Ordinal) == true
        && !type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal);

    private static Type Definition(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    private static IEnumerable<Type?> Shown(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        _ => [],
    };
}
