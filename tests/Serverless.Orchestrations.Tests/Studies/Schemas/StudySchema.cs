using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;
using Serverless.Contracts.Wire;
using Serverless.Tuning.Catalogs;

namespace Serverless.Orchestrations.Tests.Studies.Schemas;

/// <summary>
/// The JSON Schema (draft 2020-12) of a study's file, from the contract: members, doc comments, defaults, enumerations, bounds, and the catalogues of samplers and pruners. What people may
/// write shorter (<c>StudyFile</c>: a command as a line, a folder of code, a gate as a text) is in it too.
/// </summary>
internal sealed class StudySchema
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DocComments comments = new();
    private readonly SortedDictionary<string, JsonNode?> types = new(StringComparer.Ordinal);

    private StudySchema()
    {
    }

    /// <summary>The schema's text.</summary>
    public static string Write()
    {
        var made = new StudySchema();
        var root = made.Members(typeof(StudySpec));
        root["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string", ["description"] = "Where this schema is, for editors." });
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "A study" };
        foreach (var (name, part) in root.ToList())
        {
            root.Remove(name);
            schema[name] = part;
        }

        schema["$defs"] = new JsonObject(made.types);
        return schema.ToJsonString(Written) + "\n";
    }

    private JsonNode Of(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(ScalarValue))
            return new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") };
        if (inner.IsEnum)
            return Enumeration(inner);
        var info = ContractsJson.Default.GetTypeInfo(inner) ?? throw new InvalidOperationException($"'{inner}' is not in {nameof(ContractsJson)}.");
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => Reference(inner),
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = Item(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(info.ElementType!) },
            _ => new JsonObject { ["type"] = Scalar(inner) },
        };
    }

    private JsonNode Item(Type type) => type == typeof(GateSpec)
        ? new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["description"] = "Short: `accuracy>=0.95`; `>=` `<=` `>` `<`.", ["pattern"] = "^\\s*[^<>=≤≥]*[^<>=≤≥\\s]\\s*(?:>=|<=|≥|≤|>|<)\\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?\\s*$" },
                Of(type)),
        }
        : Of(type);

    private JsonNode Reference(Type type)
    {
        if (type == typeof(TunerSpec))
            throw new InvalidOperationException("A tuner's schema depends on what it is.");
        if (types.TryAdd(type.Name, null))
            types[type.Name] = Members(type);
        return new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
    }

    private JsonObject Members(Type type)
    {
        var info = ContractsJson.Default.GetTypeInfo(type)!;
        var (members, required) = (new JsonObject(), new JsonArray());
        var sample = SampleOf(type);
        foreach (var property in info.Properties)
        {
            members[property.Name] = Member(type, property, sample);
            if (IsRequired(property))
                required.Add((JsonNode)property.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["description"] = comments.Of(type), ["properties"] = members };
        if (required.Count > 0)
            schema["required"] = required;
        schema["additionalProperties"] = false;
        foreach (var (name, rule) in SchemaRules.Of(type).ToList())
            schema[name] = rule!.DeepClone();
        return schema;
    }

    private JsonObject Member(Type type, JsonPropertyInfo property, object sample)
    {
        var schema = new JsonObject { ["description"] = comments.Of(type, ((System.Reflection.MemberInfo)property.AttributeProvider!).Name) };
        var value = Tuner(type, property) ?? Of(property.PropertyType).AsObject();
        if (SchemaBounds.Of(type, property.Name) is { } bounds)
        {
            foreach (var (name, bound) in bounds)
                value[name] = bound!.DeepClone();
        }

        if (Short(type, property.Name) is { } brief)
            value = new() { ["anyOf"] = new JsonArray(brief, value) };
        if (property.IsSetNullable && !IsRequired(property))
            value = OrNothing(value);
        foreach (var (name, part) in value)
        {
            if (name != "description" || !schema.ContainsKey(name))
                schema[name] = part!.DeepClone();
            else
                schema[name] = $"{schema[name]}\n{part}";
        }

        if (!IsRequired(property) && property.Get!(sample) is { } standard && JsonSerializer.SerializeToNode(standard, ContractsJson.Default.GetTypeInfo(property.PropertyType)!) is JsonValue scalar)
            schema["default"] = scalar;
        return schema;
    }

    /// <summary>What stands for a member in a file, and not on the wire.</summary>
    private static JsonObject? Short(Type type, string member) => (type.Name, member) switch
    {
        (nameof(ProgramSpec), "command") => new() { ["type"] = "string", ["description"] = "Short: the command as one line; quotes as in a shell.", ["pattern"] = "\\S" },
        (nameof(ProgramSpec), "code") => new() { ["type"] = "string", ["description"] = "Short: a folder, from the file's own; it is uploaded.", ["minLength"] = 1 },
        _ => null,
    };

    private static JsonObject? Tuner(Type type, JsonPropertyInfo property) => (type.Name, property.Name) switch
    {
        (nameof(StudySpec), "sampler") => SchemaRules.Tuner("sampler", SamplerCatalog.Names, SamplerCatalog.SettingsOf, SamplerCatalog.MeaningOf),
        (nameof(StudySpec), "pruner") => SchemaRules.Tuner("pruner", PrunerCatalog.Names, PrunerCatalog.SettingsOf, PrunerCatalog.MeaningOf),
        _ => null,
    };

    private static JsonObject OrNothing(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        else if (schema["type"] is JsonArray several)
            several.Add((JsonNode)"null");
        else
            schema = new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        if (schema["enum"] is JsonArray choices)
            choices.Add((JsonNode?)null);
        return schema;
    }

    private JsonObject Enumeration(Type type)
    {
        var values = type.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static);
        return new()
        {
            ["type"] = "string",
            ["description"] = string.Join('\n', values.Select(value => $"- `{JsonNamingPolicy.CamelCase.ConvertName(value.Name)}`: {comments.Of(value)}")),
            ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(value.Name))]),
        };
    }

    /// <summary>A record's own parameters are required too: the reader of files asks for them.</summary>
    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    private static string Scalar(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "boolean",
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double or TypeCode.Decimal => "number",
        TypeCode.String => "string",
        _ => throw new InvalidOperationException($"'{type}' has no schema yet."),
    };

    /// <summary>A value with nothing but what is required, whose other members have their defaults.</summary>
    private static object SampleOf(Type type) => JsonSerializer.Deserialize(Least(type).ToJsonString(), ContractsJson.Default.GetTypeInfo(type)!)!;

    private static JsonNode Least(Type type)
    {
        if (type.IsEnum)
            return JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0]);
        var info = ContractsJson.Default.GetTypeInfo(type)!;
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            return new JsonArray();
        if (info.Kind != JsonTypeInfoKind.Object)
            return Scalar(type) == "string" ? "x" : Scalar(type) == "boolean" ? false : 0;
        return new JsonObject(info.Properties.Where(IsRequired).Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Least(property.PropertyType))));
    }
}
