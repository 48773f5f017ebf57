using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpsDashboard.Application.Catalog.OpenSlo.Writing;

internal static class YamlText
{
    // Truth values of YAML 1.1, which other readers still follow.
    private static readonly HashSet<string> OldWords =
        new(StringComparer.OrdinalIgnoreCase) { "yes", "no", "on", "off", "y", "n", "<<", "=" };

    public static string Of(OpenSloValue root)
    {
        var text = new StringWriter { NewLine = "\n" };
        Write(text, root);
        return text.ToString();
    }

    public static void Write(TextWriter writer, OpenSloValue root)
    {
        var emitter = new Emitter(writer, new EmitterSettings().WithBestWidth(int.MaxValue).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, OpenSloValue value)
    {
        switch (value)
        {
            case OpenSloValue.Scalar scalar:
                emitter.Emit(new Scalar(
                    AnchorName.Empty, TagName.Empty, scalar.Text, StyleOf(scalar), isPlainImplicit: true, isQuotedImplicit: true));
                break;
            case OpenSloValue.List list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case OpenSloValue.Map map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, item) in map.Entries)
                {
                    Emit(emitter, new OpenSloValue.Scalar(key, IsText: true));
                    Emit(emitter, item);
                }

                emitter.Emit(new MappingEnd());
                break;
            default:
                throw new InvalidOperationException($"No YAML for {value.GetType().Name}.");
        }
    }

    private static ScalarStyle StyleOf(OpenSloValue.Scalar scalar)
        => scalar.IsText && (IsMistakable(scalar.Text) || scalar.Text.Any(c => char.IsControl(c) || c > '\u007e'))
            ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any;

    private static bool IsMistakable(string text)
        => OldWords.Contains(text) || !new YamlScalar(text, isPlain: true, 0, 0).IsText;
}
