using System.Globalization;
using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>Works out what an expression gives, for the part of the language that makes names out of parameters; the rest is refused.</summary>
internal static class BicepValues
{
    /// <summary>The value of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="known">The values of the names in it.</param>
    /// <exception cref="NotSupportedException">It has something that is not known here.</exception>
    public static JsonNode? Of(BicepExpression expression, IReadOnlyDictionary<string, JsonNode?> known) => expression switch
    {
        BicepText text => string.Concat(text.Parts.Select(part => part as string ?? (string?)Of((BicepExpression)part, known))),
        BicepConstant constant => JsonNode.Parse(constant.Value),
        BicepArray array => new JsonArray([.. array.Items.Select(item => Of(item, known)?.DeepClone())]),
        BicepObject members => new JsonObject(members.Members.Select(member => KeyValuePair.Create(member.Name ?? (string)Of(member.Key!, known)!, Of(member.Value, known)?.DeepClone()))),
        BicepChoice choice => (bool)Of(choice.Condition, known)! ? Of(choice.Yes, known) : Of(choice.No, known),
        BicepName name when known.TryGetValue(name.Value, out var value) => value,
        BicepMember member => Of(member.Target, known)?[member.Name],
        BicepOperation operation => Operate(operation, known),
        BicepCall { Target: null } call => Call(call, known),
        _ => throw new NotSupportedException($"Line {expression.Line}: {expression} is not worked out here."),
    };

    private static JsonNode? Operate(BicepOperation operation, IReadOnlyDictionary<string, JsonNode?> known)
    {
        var left = Of(operation.Operands[0], known);
        return operation.Operator switch
        {
            "??" => left ?? Of(operation.Operands[1], known),
            ">" => Number(left) > Number(Of(operation.Operands[1], known)),
            "==" => JsonNode.DeepEquals(left, Of(operation.Operands[1], known)),
            _ => throw new NotSupportedException($"Line {operation.Line}: the operator '{operation.Operator}' is not worked out here."),
        };
    }

    private static decimal Number(JsonNode? value) => decimal.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode? Call(BicepCall call, IReadOnlyDictionary<string, JsonNode?> known)
    {
        JsonNode? Argument(int index) => Of(call.Arguments[index], known);
        string Text(int index) => (string)Argument(index)!;
        IEnumerable<JsonNode?> Items(int index) => Argument(index)!.AsArray();
        return call.Name switch
        {
            "length" => Argument(0) is JsonArray items ? items.Count : Text(0).Length,
            "toLower" => Text(0).ToLower(CultureInfo.InvariantCulture),
            "replace" => Text(0).Replace(Text(1), Text(2), StringComparison.Ordinal),
            "concat" => Array(call.Arguments.SelectMany((_, index) => Items(index))),
            "flatten" => Array(Items(0).SelectMany(inner => inner!.AsArray())),
            "map" when call.Arguments[1] is BicepLambda lambda => Array(Items(0).Select(item => Of(lambda.Body, new Dictionary<string, JsonNode?>(known) { [lambda.Variable] = item }))),
            _ => throw new NotSupportedException($"Line {call.Line}: the function '{call.Name}' is not worked out here."),
        };
    }

    private static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items.Select(item => item?.DeepClone())];
}
