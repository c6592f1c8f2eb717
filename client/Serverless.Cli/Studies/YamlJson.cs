using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Serverless.Cli.Studies;

/// <summary>YAML as JSON, by YAML's core schema: what is not quoted and looks like a number, a truth value or nothing is one. JSON is YAML, so both can be read.</summary>
internal static class YamlJson
{
    private const int MaxDepth = 32;

    /// <summary>The one document of a text.</summary>
    /// <exception cref="FormatException">It is no YAML, has several documents, is nested too deep, or uses anchors.</exception>
    public static JsonNode? Read(string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {e.Start.Line}: {e.Message}"), e);
        }

        return yaml.Documents.Count == 1 ? Read(yaml.Documents[0].RootNode, 0) : throw new FormatException($"it holds {yaml.Documents.Count} documents; one is wanted");
    }

    private static JsonNode? Read(YamlNode node, int depth)
    {
        if (depth > MaxDepth)
            throw At(node, $"it is nested deeper than {MaxDepth}");
        // An anchor that is used again would let a small file become a large one.
        if (!node.Anchor.IsEmpty)
            throw At(node, "anchors and aliases are not read; write the text out");
        return node switch
        {
            YamlMappingNode mapping => Read(mapping, depth),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Read(child, depth + 1))]),
            YamlScalarNode scalar => Read(scalar),
            _ => throw At(node, "this kind of node is not read"),
        };
    }

    private static JsonObject Read(YamlMappingNode mapping, int depth)
    {
        var json = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                throw At(key, "a key is a text");
            json[name] = Read(value, depth + 1);
        }

        return json;
    }

    private static JsonNode? Read(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
            return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static FormatException At(YamlNode node, string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {node.Start.Line}: {what}"));
}
