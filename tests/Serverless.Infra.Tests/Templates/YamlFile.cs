using YamlDotNet.RepresentationModel;

namespace Serverless.Infra.Tests.Templates;

/// <summary>A YAML file as nodes.</summary>
internal static class YamlFile
{
    /// <summary>Reads the one document of a text.</summary>
    public static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>A member, or null.</summary>
    public static YamlNode? Get(this YamlNode? node, string name) => node is YamlMappingNode map && map.Children.TryGetValue(name, out var value) ? value : null;

    /// <summary>The members.</summary>
    public static IEnumerable<(string Name, YamlNode Value)> Members(this YamlNode? node) =>
        node is YamlMappingNode map ? map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value)) : [];

    /// <summary>The items.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list.Children : [];

    /// <summary>The text, or null.</summary>
    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;
}
