using System.Text.Json;
using Serverless.Infra.Tests.Templates.Reading;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>Each resource has the members that its published type has, all that are required, and values that the type allows; and tags where it can have them.</summary>
internal static class ShapeRules
{
    private const string Table = "resource-shapes.json";

    private static readonly Lazy<JsonElement> Shapes = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.Infra.Tests", "Templates", Table))).RootElement.GetProperty("types"));

    /// <summary>Members that the language adds to every resource.</summary>
    private static readonly HashSet<string> OfTheLanguage = ["name", "parent", "scope", "dependsOn"];

    public static IEnumerable<string> Check(TemplateFolder folder) => folder.Made().SelectMany(made => Check(made.File, made.Resource));

    private static IEnumerable<string> Check(BicepFile file, BicepResource resource)
    {
        if (resource.Type.StartsWith("Microsoft.Graph/", StringComparison.Ordinal))
            yield break; // an extension's types, not of Resource Manager
        if (!Shapes.Value.TryGetProperty(resource.Reference, out var shape))
        {
            yield return $"{file.Path}({resource.Line}): '{resource.Reference}' is not in {Table}. Add what its published type says.";
            yield break;
        }

        foreach (var finding in Check(resource.Body, shape, resource.Name, top: true))
            yield return $"{file.Path}({finding.Line}): {finding.Text}";
        if (shape.TryGetProperty("tags", out _) && !HasTags(resource.Body["tags"]))
            yield return $"{file.Path}({resource.Line}): '{resource.Name}' has no tags.";
    }

    private static bool HasTags(BicepExpression? tags) => tags is BicepName { Value: "tags" } || tags is BicepCall { Name: "union" } union && union.Arguments.Any(HasTags);

    private static IEnumerable<(int Line, string Text)> Check(BicepExpression value, JsonElement shape, string where, bool top = false)
    {
        switch (value)
        {
            case BicepChoice choice:
                return Check(choice.Yes, shape, where).Concat(Check(choice.No, shape, where));
            case BicepLoop loop when shape.ValueKind == JsonValueKind.Array:
                return Check(loop.Body, shape[0], where + "[]");
            case BicepArray array when shape.ValueKind == JsonValueKind.Array:
                return array.Items.SelectMany(item => Check(item, shape[0], where + "[]"));
            case BicepObject members when shape.ValueKind == JsonValueKind.Object:
                return Check(members, shape, where, top);
            case BicepObject or BicepArray or BicepLoop:
                return [(value.Line, $"'{where}' is not of the type's form.")];
            default:
                return shape.ValueKind == JsonValueKind.String && !Fits(value, shape.GetString()!) ? [(value.Line, $"'{where}' may not be {Shown(value)}; the type says {shape.GetString()}.")] : [];
        }
    }

    private static IEnumerable<(int Line, string Text)> Check(BicepObject value, JsonElement shape, string where, bool top)
    {
        var open = shape.TryGetProperty("*", out _);
        foreach (var (name, _, member) in value.Members.Where(member => member.Name is not null && !(top && OfTheLanguage.Contains(member.Name))))
        {
            if (shape.TryGetProperty(name!, out var inner) || shape.TryGetProperty(name + "!", out inner))
            {
                foreach (var finding in Check(member, inner, $"{where}.{name}"))
                    yield return finding;
            }
            else if (!open)
                yield return (member.Line, $"'{where}' has no member '{name}' in {Table}. If its published type has one, add it there.");
        }

        foreach (var required in shape.EnumerateObject().Select(member => member.Name).Where(name => name.EndsWith('!')).Select(name => name[..^1]))
        {
            if (value[required] is null)
                yield return (value.Line, $"'{where}' lacks '{required}', which is required.");
        }
    }

    private static bool Fits(BicepExpression value, string form)
    {
        var forms = form.Split('|');
        return form == "*" || value switch
        {
            BicepConstant { Value: "null" } => true,
            BicepConstant { Value: "true" or "false" } => forms.Contains("bool"),
            BicepConstant => forms.Contains("int"),
            BicepText { Literal: { } text } => forms is ["string"] || forms.Contains(text),
            BicepText => forms.Contains("string"),
            _ => true, // computed: its type is not known to this reader
        };
    }

    private static string Shown(BicepExpression value) => value.Literal is { } text ? $"'{text}'" : value is BicepConstant constant ? constant.Value : "this";
}
