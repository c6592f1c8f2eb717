using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Templates.Reading;

public sealed class BicepFileTests
{
    [Fact]
    public void Parse_AParameter_HasItsTypeDefaultAndDescription()
    {
        var parameter = Assert.Single(BicepFile.Parse("x", """
            // before
            @description('It\'s so.')
            @allowed(['a', 'b'])
            param name string = 'a' // after
            """).Parameters);
        Assert.Equal(("name", "string", "a", "It's so."), (parameter.Name, parameter.Type, parameter.Default?.Literal, parameter.Description));
        Assert.Equal(["description", "allowed"], parameter.Decorators.Select(decorator => decorator.Name));
    }

    [Fact]
    public void Parse_AResource_HasItsBodyConditionAndLoop()
    {
        var file = BicepFile.Parse("x", """
            resource one 'A.B/c@2024-01-01' = if (yes && !no) {
              name: '${prefix}-${x.y.z}'
              tags: union(tags, { 'a-b': 'c' })
              n: [1, 2
                3]
              dependsOn: [two]
            }
            resource two 'A.B/d@2024-01-01' existing = {
              name: 'n'
            }
            module three 'm.bicep' = [for (item, i) in items: {
              name: item.name
              params: {}
            }]
            """);
        var resources = file.Resources.ToList();
        Assert.Equal(["A.B/c", "A.B/d"], resources.Select(resource => resource.Type));
        Assert.Equal("&&", Assert.IsType<BicepOperation>(resources[0].Condition).Operator);
        Assert.Null(resources[0].Body["name"]!.Literal);
        Assert.Equal("union", Assert.IsType<BicepCall>(resources[0].Body["tags"]).Name);
        Assert.Equal(3, Assert.IsType<BicepArray>(resources[0].Body["n"]).Items.Count);
        Assert.True(resources[1].Existing);
        Assert.Equal(["item", "i"], Assert.Single(file.Modules).Loop!.Variables);
    }

    [Theory]
    [InlineData("a ? b : c ? d : e", typeof(BicepChoice))]
    [InlineData("a == b && c || !d", typeof(BicepOperation))]
    [InlineData("x!.outputs.y", typeof(BicepMember))]
    [InlineData("x.?y ?? 'z'", typeof(BicepOperation))]
    [InlineData("filter(x, 'y')[0].z", typeof(BicepMember))]
    [InlineData("map(x, y => z(y))", typeof(BicepCall))]
    [InlineData("'''\nmany\nlines'''", typeof(BicepText))]
    [InlineData("'${a ? '${b}' : 'c'}'", typeof(BicepText))]
    public void Parse_AnExpression_IsWhatItsWeakestOperatorSays(string text, Type kind) =>
        Assert.IsType(kind, Assert.Single(BicepFile.Parse("x", $"var v = {text}").Variables).Value);

    [Fact]
    public void Parse_Comments_AreKeptByLine()
    {
        var file = BicepFile.Parse("x", "var a = 1 // one\n/* two\nlines */ var b = 2 // three");
        Assert.Equal("one", file.Comments[1]);
        Assert.Equal("three", file.Comments[3]);
    }

    [Theory]
    [InlineData("var a = 'open", 1, "not closed")]
    [InlineData("param a string\nfunc f() string => 'x'", 2, "'func' is not known")]
    [InlineData("var a = {\n  b: 1\n  b: 2\n}", 1, "twice")]
    [InlineData("resource a 'x@1' = 5", 1, "is an object")]
    [InlineData("var a = b c", 1, "too much")]
    [InlineData("var a = {\n  b 1\n}", 2, "':' is missing")]
    [InlineData("var a = #", 1, "no meaning")]
    public void Parse_WhatItDoesNotKnow_IsRefusedWithTheLine(string text, int line, string message)
    {
        var thrown = Assert.Throws<BicepSyntaxException>(() => BicepFile.Parse("x.bicep", text));
        Assert.StartsWith($"x.bicep({line})", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'a-${b}${c.d}'", "\"a-xy\"")]
    [InlineData("length(list ?? []) > 1 ? 'many' : 'few'", "\"many\"")]
    [InlineData("length(c.?none ?? []) > 1", "false")]
    [InlineData("concat(list, map(list, item => { name: toLower(replace(item, 'X_', '')) }))", "[\"X_A\",\"B\",{\"name\":\"a\"},{\"name\":\"b\"}]")]
    [InlineData("flatten([list, [b]])", "[\"X_A\",\"B\",\"x\"]")]
    public void Of_AnExpression_IsWorkedOut(string expression, string value)
    {
        var known = new Dictionary<string, JsonNode?> { ["b"] = "x", ["c"] = JsonNode.Parse("""{"d":"y"}"""), ["list"] = JsonNode.Parse("""["X_A","B"]""") };
        var variable = Assert.Single(BicepFile.Parse("x", $"var a = {expression}").Variables);
        Assert.Equal(value, BicepValues.Of(variable.Value, known)?.ToJsonString());
    }

    [Fact]
    public void Of_WhatIsNotKnown_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => BicepValues.Of(Assert.Single(BicepFile.Parse("x", "var a = guid('x')").Variables).Value, new Dictionary<string, JsonNode?>()));
}
