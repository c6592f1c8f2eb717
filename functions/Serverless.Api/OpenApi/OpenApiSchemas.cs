using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Serverless.Contracts.Wire;

namespace Serverless.Api.OpenApi;

/// <summary>The schemas of the wire types, exported from the one JSON context: what is described is what is read and written.</summary>
internal sealed class OpenApiSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true };

    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);

    /// <summary>A reference to a type's schema, which is added when it is new.</summary>
    public JsonNode Reference(Type type)
    {
        var name = Name(type);
        if (!schemas.ContainsKey(name))
        {
            var info = ContractsJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"'{type}' is in the route table, but not in {nameof(ContractsJson)}.");
            schemas[name] = Rooted(info.GetJsonSchemaAsNode(Options), $"#/components/schemas/{name}");
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>All schemas by name.</summary>
    public JsonObject ToJson()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in schemas)
            all[name] = schema.DeepClone();
        return all;
    }

    /// <summary>A page's name says what of: <c>JobPage</c>.</summary>
    public static string Name(Type type) => type.IsGenericType ? type.GenericTypeArguments[0].Name + "Page" : type.Name;

    /// <summary>The exporter writes references to places within one schema; in the document they stand below the schema's own place.</summary>
    private static JsonNode Rooted(JsonNode schema, string place)
    {
        foreach (var reference in References(schema).ToList())
        {
            if (reference["$ref"]!.GetValue<string>() is var target && target.StartsWith('#'))
                reference["$ref"] = place + target[1..];
        }

        return schema;
    }

    private static IEnumerable<JsonObject> References(JsonNode? node) => node switch
    {
        JsonObject found when found.TryGetPropertyValue("$ref", out var target) && target?.GetValueKind() == JsonValueKind.String => [found],
        JsonObject inner => inner.SelectMany(member => References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
