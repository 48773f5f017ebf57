using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using OpsDashboard.Application.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>What was told, as Atom (RFC 4287) and RSS 2.0: one item an incident or window, newest word first.</summary>
internal sealed class StatusFeeds
{
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";
    private const int MostItems = 50;

    private readonly StatusPage page;
    private readonly string home;
    private readonly IReadOnlyList<Item> items;

    /// <param name="baseUrl">Public address of this installation, without a slash at the end.</param>
    public StatusFeeds(StatusPage page, string baseUrl)
    {
        this.page = page;
        home = baseUrl + StatusWords.Home(page.Name);
        items =
        [
            .. page.Incidents.Select(incident => Of(incident, baseUrl))
                .Concat(page.Maintenance.Where(work => work.State != StatusMaintenanceState.Scheduled || work.Start < page.Site.At.AddDays(14)).Select(Of))
                .OrderByDescending(item => item.Updated)
                .Take(MostItems),
        ];
    }

    public string Atom() => Write(xml =>
    {
        xml.WriteStartElement("feed", AtomNamespace);
        xml.WriteElementString("title", AtomNamespace, Title);
        xml.WriteElementString("id", AtomNamespace, home);
        xml.WriteElementString("updated", AtomNamespace, Iso(items.Select(item => item.Updated).DefaultIfEmpty(page.UpdatedAt).Max()));
        Link(xml, "alternate", "text/html", home);
        Link(xml, "self", "application/atom+xml", $"{home}/history.atom");
        xml.WriteStartElement("author", AtomNamespace);
        xml.WriteElementString("name", AtomNamespace, Title);
        xml.WriteEndElement();
        foreach (var item in items)
        {
            xml.WriteStartElement("entry", AtomNamespace);
            xml.WriteElementString("id", AtomNamespace, item.Id);
            xml.WriteElementString("title", AtomNamespace, item.Title);
            xml.WriteElementString("published", AtomNamespace, Iso(item.Published));
            xml.WriteElementString("updated", AtomNamespace, Iso(item.Updated));
            Link(xml, "alternate", "text/html", item.Link);
            xml.WriteStartElement("content", AtomNamespace);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(item.Html);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    public string Rss() => Write(xml =>
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, AtomNamespace);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", Title);
        xml.WriteElementString("link", home);
        xml.WriteElementString("description", $"Incidents and maintenance: {page.Title}");
        xml.WriteElementString("language", "en");
        xml.WriteStartElement("atom", "link", AtomNamespace);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteAttributeString("href", $"{home}/history.rss");
        xml.WriteEndElement();
        foreach (var item in items)
        {
            xml.WriteStartElement("item");
            xml.WriteElementString("title", item.Title);
            xml.WriteElementString("link", item.Link);
            xml.WriteStartElement("guid");
            xml.WriteAttributeString("isPermaLink", "false");
            xml.WriteString(item.Id);
            xml.WriteEndElement();
            xml.WriteElementString("pubDate", item.Updated.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
            xml.WriteElementString("description", item.Html);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private string Title => page.Name == StatusSite.All ? "Status" : $"Status of {page.Title}";

    private static Item Of(StatusIncident incident, string baseUrl)
    {
        var html = new StringBuilder();
        foreach (var update in incident.Updates)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><strong>{update.State.Word()}</strong> {Readable(update.At)}</p>");
            html.Append(StatusMarkdown.ToHtml(Clean(update.Text)));
        }

        var link = $"{baseUrl}/status/incidents/{incident.Id.ToString(CultureInfo.InvariantCulture)}";
        return new(link, Clean(incident.Title), link, incident.Updates[^1].At, incident.UpdatedAt, html.ToString());
    }

    private Item Of(StatusMaintenance work)
    {
        var updated = work.VerifyingSince ?? work.State switch
        {
            StatusMaintenanceState.Scheduled => work.AnnouncedAt,
            StatusMaintenanceState.InProgress or StatusMaintenanceState.Verifying => work.Start,
            StatusMaintenanceState.Completed => work.End,
        };
        var where = work.Service ?? work.Platform;
        return new(
            $"{home}#maintenance-{work.Id.ToString(CultureInfo.InvariantCulture)}",
            $"{work.State.Word()}: {Clean(work.Title)}",
            $"{home}#maintenance",
            work.AnnouncedAt,
            updated,
            $"<p>{Readable(work.Start)} to {Readable(work.End)}, {WebUtility.HtmlEncode(where)}</p>");
    }

    private static void Link(XmlWriter xml, string relation, string type, string href)
    {
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string Write(Action<XmlWriter> content)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, CheckCharacters = true }))
        {
            content(xml);
        }

        return text.ToString();
    }

    /// <summary>XML 1.0 cannot hold control characters, not even escaped.</summary>
    private static string Clean(string text) => string.Concat(text.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter)));

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Readable(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private sealed record Item(string Id, string Title, string Link, DateTimeOffset Published, DateTimeOffset Updated, string Html);

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
