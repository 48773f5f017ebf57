using System.Text;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;

namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>
/// Reads OpenSLO v1 (https://github.com/OpenSLO/OpenSLO) from YAML or JSON, several documents a file. Gives either all
/// documents or all faults of all files; never a part.
/// </summary>
public static class OpenSloReader
{
    /// <param name="knownNames">Names outside these files that references may mean; null: none.</param>
    public static OpenSloReading Read(IReadOnlyList<OpenSloFile> files, IReadOnlySet<OpenSloName>? knownNames = null)
    {
        var sink = new FaultSink();
        var documents = new List<OpenSloDocument>();
        if (files.Count > OpenSloLimits.MaxFiles)
        {
            sink.Add(new OpenSloFault(string.Empty, 1, 1, string.Empty, $"at most {OpenSloLimits.MaxFiles} files", $"{files.Count}"));
        }

        var tally = new Tally();
        foreach (var file in files.Take(OpenSloLimits.MaxFiles))
        {
            ReadFile(file, documents, sink, tally);
        }

        OpenSloReferences.Check(documents, knownNames, sink);
        var order = files.Select((f, i) => (f.Name, i)).DistinctBy(f => f.Name, StringComparer.Ordinal)
            .ToDictionary(f => f.Name, f => f.i, StringComparer.Ordinal);
        return new OpenSloReading
        {
            Documents = sink.Any ? [] : documents,
            Seen = documents,
            Faults = Sorted(sink.Faults, order),
            Notices = Sorted(sink.Notices, order),
        };
    }

    /// <summary>One document as <see cref="OpenSloWriter"/> wrote it, without its references being looked up.</summary>
    /// <exception cref="InvalidDataException">The text is no such document.</exception>
    internal static OpenSloDocument ReadWritten(string text, string name)
    {
        var sink = new FaultSink();
        var documents = YamlStream.Split(text)
            .Select(part => Parse(part, name, sink)).OfType<YamlNode>()
            .Select(root => ReadDocument(root, name, sink)).OfType<OpenSloDocument>()
            .ToList();
        return !sink.Any && documents is [var only]
            ? only
            : throw new InvalidDataException($"{name} is not one OpenSLO document: {string.Join("; ", sink.Faults)}");
    }

    private static List<OpenSloFault> Sorted(IReadOnlyList<OpenSloFault> faults, Dictionary<string, int> order)
        => [.. faults.OrderBy(f => order.GetValueOrDefault(f.File)).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    private static void ReadFile(OpenSloFile file, List<OpenSloDocument> documents, FaultSink sink, Tally tally)
    {
        var bytes = Encoding.UTF8.GetByteCount(file.Text);
        if (bytes > OpenSloLimits.MaxFileBytes)
        {
            sink.Add(new OpenSloFault(
                file.Name, 1, 1, string.Empty, $"a file of at most {OpenSloLimits.MaxFileBytes} bytes", $"{bytes} bytes"));
            return;
        }

        if (YamlStream.ForbiddenCharacter(file.Text) is var (line, column))
        {
            sink.Add(new OpenSloFault(file.Name, line, column, string.Empty, "text", "a control character"));
            return;
        }

        foreach (var part in YamlStream.Split(file.Text))
        {
            if (sink.IsFull)
            {
                break;
            }

            var root = Parse(part, file.Name, sink);
            if (root is null)
            {
                continue;
            }

            if (++tally.Documents > OpenSloLimits.MaxDocuments)
            {
                sink.Add(new OpenSloFault(
                    file.Name, root.Line, root.Column, string.Empty, $"at most {OpenSloLimits.MaxDocuments} documents", "more"));
                break;
            }

            if ((tally.Nodes += root.Size) > OpenSloLimits.MaxTotalNodes)
            {
                sink.Add(new OpenSloFault(
                    file.Name, root.Line, root.Column, string.Empty,
                    $"at most {OpenSloLimits.MaxTotalNodes} values in all documents", "more, aliases followed"));
                break;
            }

            if (ReadDocument(root, file.Name, sink) is { } document)
            {
                documents.Add(document);
            }
        }
    }

    private static YamlNode? Parse(YamlPart part, string file, FaultSink sink)
    {
        try
        {
            return YamlTree.Parse(part.Text, part.FirstLine);
        }
        catch (YamlRefusedException refused)
        {
            sink.Add(new OpenSloFault(file, refused.Line, refused.Column, string.Empty, refused.Expected, refused.Found));
            return null;
        }
    }

    private static OpenSloDocument? ReadDocument(YamlNode root, string file, FaultSink sink)
    {
        if (Fields.Of(root, file, string.Empty, sink) is not { } fields)
        {
            return null;
        }

        var version = fields.Text("apiVersion", OpenSloDocument.ApiVersion);
        if (version is not (null or OpenSloDocument.ApiVersion))
        {
            fields.Fault("apiVersion", OpenSloDocument.ApiVersion, $"\"{version}\"");
        }

        var kind = fields.Word("kind", OpenSloWords.Kinds, required: true);
        var header = fields.Object("metadata", "the metadata, with a name");
        if (version is not (null or OpenSloDocument.ApiVersion) || kind is null)
        {
            // Which fields are known cannot be told for another version or kind.
            return null;
        }

        var metadata = MetadataReading.Read(header, kind.Value);
        var spec = SpecReading.Read(kind.Value, SpecReading.SpecOf(fields, kind.Value, file));
        fields.RefuseOthers();
        return metadata is null || spec is null ? null : new OpenSloDocument
        {
            Metadata = metadata,
            Spec = spec,
            Source = new OpenSloSource(file, root.Line, root),
        };
    }

    /// <summary>What all files of one reading have brought so far.</summary>
    private sealed class Tally
    {
        public int Documents { get; set; }

        public long Nodes { get; set; }
    }
}
