using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Recording;

namespace Serverless.TrainingContainer.Tests.Onnx.Recording;

public sealed class RecordedGraphReaderTests
{
    private const string Valid = """
        {"version":1,"torch":"1.13.1",
         "inputs":[{"id":0,"name":"x","role":"input","type":{"dtype":"float32","shape":[2,3]}},
                   {"id":1,"name":"w","role":"parameter","type":{"dtype":"float32","shape":[3]},"blob":0}],
         "nodes":[{"op":"prim::Constant","in":[],"out":[{"id":2,"type":{"kind":"int"}}],"value":{"int":1}},
                  {"op":"prim::Constant","in":[],"out":[{"id":5,"type":{"kind":"float"}}],"value":{"float":"-inf"}},
                  {"op":"prim::Constant","in":[],"out":[{"id":6,"type":{"kind":"list"}}],"value":{"ints":[1,2]}},
                  {"op":"aten::add","in":[0,1,2],"out":[{"id":3,"type":{"dtype":"float32","shape":[2,3]}}],"place":"Program.cs:12 in Net.forward","scope":"net"}],
         "outputs":[{"id":3,"name":"y"}]}
        """;

    private static readonly ReadOnlyMemory<byte>[] Blobs = [new byte[12]];

    [Fact]
    public void Read_Valid_GivesTheGraph()
    {
        var graph = Read(Valid, out var errors)!;

        Assert.Empty(errors);
        Assert.Equal(["x", "w"], graph.Inputs.Select(input => input.Name));
        Assert.Equal(RecordedRole.Parameter, graph.Inputs[1].Role);
        Assert.Equal(12, graph.Inputs[1].Data!.Data.Length);
        Assert.Equal("aten::add", graph.Nodes[3].Operator);
        Assert.Equal("Program.cs:12 in Net.forward", graph.Nodes[3].Place);
        Assert.Equal(RecordedConstant.Of(double.NegativeInfinity), graph.Nodes[1].Constant);
        Assert.Equal("Float[2, 3]", graph.Nodes[3].Outputs[0].Type.ToString());
        Assert.Equal(3, graph.Outputs[0].Id);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "recording.version", "it is 2; this program reads 1")]
    [InlineData("\"role\":\"input\"", "\"role\":\"guest\"", "inputs[0].role", "none of input, parameter, buffer")]
    [InlineData("\"name\":\"w\"", "\"name\":\"x\"", "inputs", "the name 'x' is there 2 times")]
    [InlineData("\"name\":\"x\"", "\"name\":\"\"", "inputs[0].name", "it is empty")]
    [InlineData("\"blob\":0", "\"blob\":1", "inputs[1].blob", "there is no data with the number 1; 1 were given")]
    [InlineData("\"shape\":[3]}", "\"shape\":[4]}", "inputs[1].blob", "the data has 12 bytes; Float[4] takes 16")]
    [InlineData("\"shape\":[3]}", "\"shape\":[-3]}", "inputs[1].type.shape", "sizes are not negative")]
    [InlineData("\"shape\":[3]}", "\"shape\":[4611686018427387904,4]}", "inputs[1].type.shape", "fits into 64 bits")]
    [InlineData("\"dtype\":\"float32\",\"shape\":[3]", "\"dtype\":\"complex64\",\"shape\":[3]", "inputs[1].type.dtype", "'complex64' is none of")]
    [InlineData("\"in\":[0,1,2]", "\"in\":[0,1,9]", "nodes[3].in[2]", "nothing before it defines the number 9")]
    [InlineData("\"id\":3,\"type\"", "\"id\":2,\"type\"", "nodes[3].out[0].id", "the number 2 is defined twice")]
    [InlineData("\"kind\":\"int\"", "\"kind\":\"int64\"", "nodes[0].out[0].type.kind", "'int64' is no kind of value")]
    [InlineData("{\"int\":1}", "{\"int\":1.5}", "nodes[0].value", "it is 1.5, not a whole number")]
    [InlineData("{\"int\":1}", "{\"complex\":1}", "nodes[0].value", "it is none of int, float")]
    [InlineData("{\"float\":\"-inf\"}", "{\"float\":\"much\"}", "nodes[1].value", "not a number")]
    [InlineData("\"outputs\":[{\"id\":3", "\"outputs\":[{\"id\":7", "outputs[0].id", "nothing before it defines the number 7")]
    [InlineData("\"op\":\"aten::add\"", "\"op\":7", "nodes[3].op", "it is Number, not a text")]
    public void Read_OneThingWrong_IsNamedWithItsPlace(string from, string to, string place, string what)
    {
        Assert.Contains(from, Valid, StringComparison.Ordinal);

        Assert.Null(Read(Valid.Replace(from, to, StringComparison.Ordinal), out var errors));

        Assert.Contains(errors, error => error.Place == place && error.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SeveralThingsWrong_TellsAllAtOnce()
    {
        Read(Valid.Replace("\"version\":1", "\"version\":3", StringComparison.Ordinal).Replace("\"blob\":0", "\"blob\":5", StringComparison.Ordinal).Replace("\"in\":[0,1,2]", "\"in\":[0,8]", StringComparison.Ordinal), out var errors);

        Assert.Equal(["recording.version", "inputs[1].blob", "nodes[3].in[1]"], errors.Select(error => error.Place));
    }

    [Fact]
    public void Read_BeyondALimit_IsRefused()
    {
        foreach (var limits in new RecordingLimits[] { new() { MaxNodes = 3 }, new() { MaxInputs = 1 }, new() { MaxOperands = 2 }, new() { MaxRank = 1 }, new() { MaxTextLength = 8 }, new() { MaxJsonBytes = 100 } })
        {
            Assert.Null(RecordedGraphReader.Read(Encoding.UTF8.GetBytes(Valid), Blobs, out var errors, limits));
            Assert.Contains(errors, error => error.What.Contains("the limit is", StringComparison.Ordinal));
        }

        Assert.Null(RecordedGraphReader.Read("{}"u8.ToArray(), Blobs, out var few, new() { MaxErrors = 2 }));
        Assert.Equal(2, few.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"version\":1")]
    [InlineData("{\"version\":1,\"inputs\":{},\"nodes\":[[]],\"outputs\":[1]}")]
    [InlineData("{\"version\":1,\"inputs\":[{\"name\":\"\\ud800\"}],\"nodes\":[],\"outputs\":[]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]")]
    public void Read_NoRecording_IsRefusedWithoutAnException(string json)
    {
        Assert.Null(Read(json, out var errors));
        Assert.NotEmpty(errors);
    }

    /// <summary>Bytes changed at random: the reader says what is wrong or gives a graph, and a graph is lowered or refused. Nothing throws, nothing hangs.</summary>
    [Fact]
    public void Read_ChangedBytes_NeverThrow_AndNeitherDoesTheLowering()
    {
        var change = Gen.Choose(0, Valid.Length - 1).Two().SelectMany(at => Gen.Elements("0", "1", "7", "99", "-1", "\"", "{", "]", ",", "int", "list", "aten::view", "aten::sum", "aten::t_").Select(text => (at, text)));
        Prop.ForAll(change.ArrayOf(2).ToArbitrary(), changes =>
        {
            var json = Valid;
            foreach (var ((from, to), text) in changes)
                json = json[..Math.Min(from, json.Length)] + text + json[Math.Min(Math.Max(from, (from + (to % 12))), json.Length)..];
            var graph = Read(json, out var errors);
            return graph is null ? errors.Count > 0 : GraphLowering.Lower([graph]) is var result && (result.Model is null) == (result.Refusals.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    /// <summary>Operators with arguments that they never have.</summary>
    [Fact]
    public void Lower_AnyOperatorWithAnyArguments_NeverThrows()
    {
        var ids = Gen.Elements(0, 1, 2, 5, 6, 2, 0).ArrayOf().Where(list => list.Length < 9);
        Prop.ForAll(Gen.Elements(OperatorLowerings.Names.ToArray()).ToArbitrary(), ids.ToArbitrary(), Gen.Elements("[2,3]", "[6]", "[]", "[2,3,1]").ToArbitrary(), (name, arguments, shape) =>
        {
            var json = Valid.Replace("aten::add", name, StringComparison.Ordinal).Replace("\"in\":[0,1,2]", $"\"in\":[{string.Join(',', arguments)}]", StringComparison.Ordinal)
                .Replace("{\"id\":3,\"type\":{\"dtype\":\"float32\",\"shape\":[2,3]}}", $"{{\"id\":3,\"type\":{{\"dtype\":\"float32\",\"shape\":{shape}}}}}", StringComparison.Ordinal);
            return Read(json, out _) is not { } graph || (GraphLowering.Lower([graph]) is var result && (result.Model is null) == (result.Refusals.Count > 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static RecordedGraph? Read(string json, out IReadOnlyList<RecordingError> errors) => RecordedGraphReader.Read(Encoding.UTF8.GetBytes(json), Blobs, out errors);
}
