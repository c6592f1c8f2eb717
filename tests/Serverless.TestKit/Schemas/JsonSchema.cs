using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Serverless.TestKit.Schemas;

/// <summary>
/// Holds a document against a JSON Schema (draft 2020-12), for the keywords that our published schemas use; any other keyword is an error, so that none is passed over.
/// </summary>
/// <param name="root">The schema.</param>
public sealed class JsonSchema(JsonNode root)
{
    /// <summary>Keywords that say nothing about whether a document conforms.</summary>
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "default", "examples", "deprecated", "then", "else"];

    /// <summary>A schema from its file.</summary>
    public static JsonSchema Of(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    /// <summary>The places where a document does not conform, such as <c>space.parameters[0].low</c>: of a member that is missing or too many, the member's. None: it conforms.</summary>
    public IReadOnlyList<string> Check(JsonNode? document)
    {
        var errors = new SortedSet<string>(StringComparer.Ordinal);
        Check(root, document, "", errors);
        return [.. errors];
    }

    private bool Conforms(JsonNode schema, JsonNode? value)
    {
        var errors = new SortedSet<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private void Check(JsonNode schema, JsonNode? value, string at, SortedSet<string> errors)
    {
        if (schema is JsonValue flag)
        {
            if (!flag.GetValue<bool>())
                errors.Add(at);
            return;
        }

        foreach (var (keyword, rule) in schema.AsObject())
        {
            if (!Annotations.Contains(keyword))
                Check(schema.AsObject(), keyword, rule!, value, at, errors);
        }
    }

    private void Check(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string at, SortedSet<string> errors)
    {
        switch (keyword)
        {
            case "$ref": Check(Find(rule.GetValue<string>()), value, at, errors); break;
            case "allOf": rule.AsArray().ToList().ForEach(part => Check(part!, value, at, errors)); break;
            case "anyOf": CheckAny(rule.AsArray(), value, at, errors); break;
            case "oneOf": Need(rule.AsArray().Count(part => Conforms(part!, value)) == 1); break;
            case "not": Need(!Conforms(rule, value)); break;
            case "if":
                if (schema[Conforms(rule, value) ? "then" : "else"] is { } branch)
                    Check(branch, value, at, errors);
                break;
            case "properties" or "required" or "additionalProperties" or "propertyNames" or "minProperties" or "maxProperties":
                if (value is JsonObject members)
                    CheckObject(schema, keyword, rule, members, at, errors);
                break;
            case "items" or "minItems" or "maxItems" or "uniqueItems":
                if (value is JsonArray items)
                    CheckArray(keyword, rule, items, at, errors);
                break;
            default: Need(Holds(keyword, rule, value)); break;
        }

        void Need(bool holds)
        {
            if (!holds)
                errors.Add(at);
        }
    }

    /// <summary>When none fits, one that is wrong only further inside is what was meant.</summary>
    private void CheckAny(JsonArray parts, JsonNode? value, string at, SortedSet<string> errors)
    {
        var found = parts.Select(part =>
        {
            var inside = new SortedSet<string>(StringComparer.Ordinal);
            Check(part!, value, at, inside);
            return inside;
        }).ToList();
        if (!found.Exists(inside => inside.Count == 0))
            errors.UnionWith(found.Find(inside => inside.Any(place => place != at)) ?? [at]);
    }

    private void CheckObject(JsonObject schema, string keyword, JsonNode rule, JsonObject value, string at, SortedSet<string> errors)
    {
        switch (keyword)
        {
            case "properties":
                foreach (var (name, part) in rule.AsObject())
                {
                    if (value.ContainsKey(name))
                        Check(part!, value[name], Member(at, name), errors);
                }

                break;
            case "required":
                errors.UnionWith(rule.AsArray().Select(name => name!.GetValue<string>()).Where(name => !value.ContainsKey(name)).Select(name => Member(at, name)));
                break;
            case "additionalProperties":
                foreach (var (name, part) in value.Where(pair => schema["properties"]?.AsObject().ContainsKey(pair.Key) != true))
                    Check(rule, part, Member(at, name), errors);
                break;
            case "propertyNames":
                errors.UnionWith(value.Where(pair => !Conforms(rule, JsonValue.Create(pair.Key))).Select(_ => at));
                break;
            case "minProperties" when value.Count < rule.GetValue<int>():
            case "maxProperties" when value.Count > rule.GetValue<int>():
                errors.Add(at);
                break;
        }
    }

    private void CheckArray(string keyword, JsonNode rule, JsonArray value, string at, SortedSet<string> errors)
    {
        switch (keyword)
        {
            case "items":
                for (var i = 0; i < value.Count; i++)
                    Check(rule, value[i], string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), errors);
                break;
            case "minItems" when value.Count < rule.GetValue<int>():
            case "maxItems" when value.Count > rule.GetValue<int>():
            case "uniqueItems" when rule.GetValue<bool>() && value.Select(item => item?.ToJsonString()).Distinct().Count() < value.Count:
                errors.Add(at);
                break;
        }
    }

    private static bool Holds(string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "type" => rule is JsonArray several ? several.Any(type => IsA(type!.GetValue<string>(), value)) : IsA(rule.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
        "minimum" => Number(value) is not { } number || number >= rule.GetValue<double>(),
        "maximum" => Number(value) is not { } number || number <= rule.GetValue<double>(),
        "exclusiveMinimum" => Number(value) is not { } number || number > rule.GetValue<double>(),
        "minLength" => Text(value) is not { } text || text.Length >= rule.GetValue<int>(),
        "maxLength" => Text(value) is not { } text || text.Length <= rule.GetValue<int>(),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript),
        _ => throw new NotSupportedException($"The schema has the keyword '{keyword}', which this reader does not know. Teach it, or leave the keyword out."),
    };

    private static bool IsA(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Floor(number),
        _ => throw new NotSupportedException($"'{type}' is no type of JSON Schema."),
    };

    private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Member(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    private JsonNode Find(string reference) =>
        reference.Split('/') is ["#", .. var path] && path.Aggregate((JsonNode?)root, (node, name) => node?[name]) is { } found
            ? found
            : throw new NotSupportedException($"The schema has no '{reference}'.");
}
