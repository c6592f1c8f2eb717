using System.Text.Json.Nodes;
using Serverless.Infra.Tests.Compute.FakeArm;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>The specification's examples of requests, held against the rules that the fake checks requests by: what is published is allowed, and what is required is missed. So the rules refuse neither too much nor too little.</summary>
public sealed class RequestReplayTests
{
    public static TheoryData<string> Creations => [.. CreateExamples.All.Keys];

    public static TheoryData<string> Others => [.. UpdateExamples.Requests.Keys];

    [Fact]
    public void Creations_AreThoseThatTheSpecificationLists() => Assert.Equal(40, CreateExamples.All.Count);

    [Theory]
    [MemberData(nameof(Creations))]
    public void Creation_IsAllowed_AndWithoutAnythingRequiredRefused(string example)
    {
        var body = JsonEdits.Apply(CreateExamples.Base, CreateExamples.All[example]);
        Assert.True(Missed("PUT", body) >= 4);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Change_IsAllowed_AndWithoutAnythingRequiredRefused(string example)
    {
        var (method, text) = UpdateExamples.Requests[example];
        var missed = Missed(method, JsonNode.Parse(text)!);
        Assert.Equal(example switch { "Update_MaximumSet_Gen" => 3, "Update_MinimumSet_Gen" => 0, _ => 1 }, missed);
    }

    /// <summary>Each member of the wrong type is told, in the example that has most of them.</summary>
    [Fact]
    public void Change_WithAMemberOfAnotherType_IsRefused()
    {
        var body = JsonNode.Parse(UpdateExamples.Requests["Update_MaximumSet_Gen"].Body)!;
        foreach (var (parent, name, _) in Members(body, "").ToList())
        {
            var was = parent[name]!;
            parent[name] = was is JsonValue ? new JsonObject() : JsonValue.Create(1);
            Assert.NotNull(ArmRules.CheckExample("PATCH", body));
            parent[name] = was;
        }

        Assert.Null(ArmRules.CheckExample("PATCH", body));
    }

    /// <summary>Takes each required member away, one at a time, and counts them.</summary>
    private static int Missed(string method, JsonNode body)
    {
        Assert.Null(ArmRules.CheckExample(method, body));
        var required = ArmRules.Required(method);
        var count = 0;
        foreach (var (parent, name, path) in Members(body, "").Where(member => required.Contains(member.Path)).ToList())
        {
            var was = parent[name]!;
            parent.Remove(name);
            Assert.Contains($"'{path}' is missing", ArmRules.CheckExample(method, body), StringComparison.Ordinal);
            parent[name] = was;
            count++;
        }

        return count;
    }

    private static IEnumerable<(JsonObject Parent, string Name, string Path)> Members(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.Select(member => member.Key).ToList().SelectMany(name => Members(members[name], Join(path, name)).Prepend((members, name, Join(path, name)))),
        JsonArray items => items.SelectMany(item => Members(item, path + ".*")),
        _ => [],
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
