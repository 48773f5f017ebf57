using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsDashboard.Domain.Audit;

/// <summary>
/// The bytes an entry is hashed over: JSON in UTF-8 with its fields in this order, no white space, every field always there. They
/// are stored and exported as they are and never written a second time, so no serializer has to agree with another.
/// </summary>
public static class AuditBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(long sequence, AuditFact fact)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", sequence);
            json.WriteNumber("atMs", fact.AtMs);
            json.WriteString("actor", fact.Actor);
            json.WriteString("from", fact.From);
            json.WriteString("action", fact.Action);
            json.WriteString("object", fact.Object);
            json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(fact.Outcome.ToString()));
            json.WriteString("detail", fact.Detail);
            json.WriteStartArray("changes");
            foreach (var change in fact.Changes)
            {
                json.WriteStartArray();
                json.WriteStringValue(change.Entity);
                json.WriteStringValue(change.Key);
                json.WriteStringValue(change.Field);
                json.WriteStringValue(change.Before);
                json.WriteStringValue(change.After);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The sequence a body claims to have; null when it is no body.</summary>
    public static long? SequenceOf(string body)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.ValueTextEquals("sequence"u8)
                && reader.Read() && reader.TryGetInt64(out var sequence)
                    ? sequence
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
