using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Ui;

/// <summary>What a page is for: without the right to it the page does not exist. A page that says nothing needs <see cref="Access.View"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Access access) : Attribute
{
    public Access Access => access;
}
