using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Serverless.Contracts.Studies;

namespace Serverless.Orchestrations.Tests.Studies.Schemas;

/// <summary>The contract's doc comments as plain text for people who see them in an editor.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> members;

    public DocComments()
    {
        var path = Path.ChangeExtension(typeof(StudySpec).Assembly.Location, ".xml");
        Assert.True(File.Exists(path), $"The contract's doc comments are not built: '{path}'.");
        members = XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
    }

    /// <summary>What a type is.</summary>
    public string Of(Type type) => Summary($"T:{type.FullName}");

    /// <summary>What a member is; a record's own parameters are documented at the record.</summary>
    public string Of(Type type, string member) =>
        members.TryGetValue($"T:{type.FullName}", out var record) && record.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == member) is { } param
            ? Text(param)
            : Summary($"P:{type.FullName}.{member}");

    /// <summary>What a value of an enumeration means.</summary>
    public string Of(FieldInfo value) => Summary($"F:{value.DeclaringType!.FullName}.{value.Name}");

    private string Summary(string id) =>
        members.TryGetValue(id, out var member) && member.Element("summary") is { } summary ? Text(summary) : throw new InvalidOperationException($"'{id}' has no doc comment.");

    private static string Text(XElement element) => Blanks().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when see.Attribute("cref") is { } target => $"`{Name(target.Value)}`",
        XElement other => Text(other),
        _ => "",
    };

    /// <summary>A member as it is written in a file.</summary>
    private static string Name(string cref)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return cref.StartsWith("T:", StringComparison.Ordinal) ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
