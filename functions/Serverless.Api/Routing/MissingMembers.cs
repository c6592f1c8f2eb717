using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Contracts.Problems;

namespace Serverless.Api.Routing;

/// <summary>Finds members that a body must have and has not: the JSON reader fills a record's parameters with null when they are left out, and null where a list says null.</summary>
internal static class MissingMembers
{
    private const int MaxErrors = 50;

    /// <summary>All of them, with their paths.</summary>
    public static IReadOnlyList<FieldError> Find<T>(T value, JsonTypeInfo<T> json)
        where T : class
    {
        var errors = new List<FieldError>();
        Look(value, json, "", errors);
        return errors;
    }

    private static void Look(object value, JsonTypeInfo json, string path, List<FieldError> errors)
    {
        if (errors.Count >= MaxErrors)
            return;
        if (json.Kind == JsonTypeInfoKind.Object)
            LookInside(value, json, path, errors);
        else if (json.Kind == JsonTypeInfoKind.Enumerable && value is IEnumerable items)
            LookAt(items, json, path, errors);
    }

    private static void LookInside(object value, JsonTypeInfo json, string path, List<FieldError> errors)
    {
        foreach (var member in json.Properties)
        {
            if (member.Get is not { } get || member.PropertyType.IsValueType)
                continue;
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (get(value) is { } inner)
                Look(inner, json.Options.GetTypeInfo(member.PropertyType), name, errors);
            else if (!member.IsGetNullable)
                errors.Add(new FieldError(name, $"'{name}' is missing.", "Give it."));
        }
    }

    private static void LookAt(IEnumerable items, JsonTypeInfo json, string path, List<FieldError> errors)
    {
        if (json.ElementType is not { IsValueType: false } type || type == typeof(JsonElement))
            return;
        var item = json.Options.GetTypeInfo(type);
        var index = 0;
        foreach (var inner in items)
        {
            if (inner is null)
                errors.Add(new FieldError($"{path}[{index}]", $"'{path}[{index}]' is null.", "Give a value, or leave it out of the list."));
            else if (item.Kind != JsonTypeInfoKind.None)
                Look(inner, item, $"{path}[{index}]", errors);
            index++;
            if (errors.Count >= MaxErrors)
                return;
        }
    }
}
