using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Protection;

namespace OpsDashboard.Web.Hosting.Protection;

/// <summary>
/// Where the framework keeps its keys. Those of versions that kept them as files are taken over once; those written before a
/// certificate was set are wrapped when they are read.
/// </summary>
internal sealed class KeysInStore(StoredKeys store, IOptions<DataDirectoryOptions> directory, IServiceProvider services) : IXmlRepository
{
    private static readonly XNamespace Marks = "http://schemas.asp.net/2015/03/dataProtection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var stored = store.Read();
        if (stored.Count == 0)
        {
            TakeOver();
            stored = store.Read();
        }

        return [.. stored.Select(Wrapped)];
    }

    public void StoreElement(XElement element, string friendlyName) => store.Write(new StoredKey(friendlyName, Text(element)));

    private void TakeOver()
    {
        var files = new DirectoryInfo(Path.Combine(directory.Value.DataDirectory, "keys"));
        if (!files.Exists)
        {
            return;
        }

        foreach (var file in files.EnumerateFiles("*.xml").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            store.Write(new StoredKey(Path.GetFileNameWithoutExtension(file.Name), Text(XElement.Load(file.FullName))));
        }
    }

    private XElement Wrapped(StoredKey key)
    {
        var element = XElement.Parse(key.Xml);
        // Asked for late: the options hold this repository.
        if (services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlEncryptor is not { } encryptor)
        {
            return element;
        }

        var open = element.Descendants().Where(part => (bool?)part.Attribute(Marks + "requiresEncryption") == true).ToList();
        foreach (var secret in open)
        {
            var info = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(Marks + "encryptedSecret", new XAttribute("decryptorType", info.DecryptorType.AssemblyQualifiedName!), info.EncryptedElement));
        }

        if (open.Count > 0)
        {
            store.Write(key with { Xml = Text(element) });
        }

        return element;
    }

    private static string Text(XElement element) => element.ToString(SaveOptions.DisableFormatting);
}
