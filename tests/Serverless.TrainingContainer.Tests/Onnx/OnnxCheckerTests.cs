using Serverless.Onnx.Checking;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;
using static Serverless.TrainingContainer.Tests.Onnx.SampleModels;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class OnnxCheckerTests
{
    private static readonly OnnxNode Add = new() { Operator = "Add", Inputs = ["x", "three"], Outputs = ["y"] };

    private static readonly Dictionary<string, (OnnxFindingCode Code, string Says, Func<OnnxModel> Model)> Broken = new()
    {
        ["IR version of the future"] = (OnnxFindingCode.UnknownIrVersion, "99", () => Small() with { IrVersion = 99 }),
        ["IR version 0"] = (OnnxFindingCode.UnknownIrVersion, "0", () => Small() with { IrVersion = 0 }),
        ["opset of the future"] = (OnnxFindingCode.UnknownOpset, "999", () => Small() with { Opsets = [new("", 999)] }),
        ["opset twice"] = (OnnxFindingCode.UnknownOpset, "2 times", () => Small() with { Opsets = [new("", 17), new("ai.onnx", 16)] }),
        ["no opset"] = (OnnxFindingCode.UnknownOpset, "no operator set", () => Small() with { Opsets = [] }),
        ["unknown operator"] = (OnnxFindingCode.UnknownOperator, "'Frobnicate'", () => SmallWith(Add with { Operator = "Frobnicate" })),
        ["operator too new"] = (OnnxFindingCode.UnknownOperator, "not have", () => SmallWith(Add with { Operator = "Gelu", Inputs = ["x"] })),
        ["operator gone"] = (OnnxFindingCode.UnknownOperator, "no longer", () => SmallWith(Add with { Operator = "Upsample" })),
        ["custom domain, not named"] = (OnnxFindingCode.UnknownDomain, "'evil.ops'", () => SmallWith(Add with { Domain = "evil.ops" })),
        ["custom domain, named"] = (OnnxFindingCode.UnknownDomain, "brings no function", () => SmallWith(Add with { Domain = "evil.ops" }) with { Opsets = [new("", 17), new("evil.ops", 1)] }),
        ["value made twice"] = (OnnxFindingCode.BadName, "'y'", () => SmallWith(Add, Add)),
        ["input twice"] = (OnnxFindingCode.BadName, "'x'", () => Small() with { Graph = Small().Graph with { Inputs = [.. Small().Graph.Inputs, .. Small().Graph.Inputs] } }),
        ["undefined input"] = (OnnxFindingCode.UndefinedInput, "'ghost'", () => SmallWith(Add with { Inputs = ["x", "ghost"] })),
        ["undefined output"] = (OnnxFindingCode.UndefinedInput, "nothing makes it", () => SmallWith(Add with { Outputs = ["z"] })),
        ["wrong order"] = (OnnxFindingCode.WrongOrder, "'later'", () => SmallWith(Add with { Inputs = ["x", "later"] }, Add with { Outputs = ["later"] })),
        ["cycle"] = (OnnxFindingCode.Cycle, "need each other", () => SmallWith(Add with { Inputs = ["x", "b"], Outputs = ["a"] }, Add with { Inputs = ["x", "a"], Outputs = ["b"] }, Add with { Inputs = ["a", "b"] })),
        ["node that feeds itself"] = (OnnxFindingCode.Cycle, "need each other", () => SmallWith(Add with { Inputs = ["x", "y"] })),
        ["data too short"] = (OnnxFindingCode.BadTensor, "wants 12 bytes, and it has 8", () => WithTensor(Three with { Data = Three.Data[..8] })),
        ["negative size"] = (OnnxFindingCode.BadTensor, "negative", () => WithTensor(Three with { Dims = [-3] })),
        ["shape that overflows"] = (OnnxFindingCode.BadTensor, "more elements than can be counted", () => WithTensor(Three with { Dims = [1L << 40, 1L << 40, 1L << 40] })),
        ["shape that wraps to the count"] = (OnnxFindingCode.BadTensor, "more elements than can be counted", () => WithTensor(Three with { Dims = [1L << 62, 4, 3] })),
        ["unknown element type"] = (OnnxFindingCode.BadTensor, "77", () => WithTensor(Three with { Element = (ElementType)77 })),
        ["a hundred dimensions"] = (OnnxFindingCode.BadTensor, "100 dimensions", () => WithTensor(Three with { Dims = [.. Enumerable.Repeat(1L, 100)] })),
        ["attribute twice"] = (OnnxFindingCode.BadAttribute, "'a'", () => SmallWith(Add with { Attributes = [OnnxAttribute.Of("a", 1L), OnnxAttribute.Of("a", 2L)] })),
        ["attribute of a function outside one"] = (OnnxFindingCode.BadAttribute, "stands for", () => SmallWith(Add with { Attributes = [OnnxAttribute.Of("a", 1L) with { Refers = "b" }] })),
        ["output of another type"] = (OnnxFindingCode.TypeMismatch, "elements differ", () => Small() with { Graph = Small().Graph with { Outputs = [new("y", TensorType.Of(ElementType.Int64, 3))] } }),
        ["output of another size"] = (OnnxFindingCode.TypeMismatch, "sizes differ", () => Small() with { Graph = Small().Graph with { Outputs = [new("y", TensorType.Of(ElementType.Float, 4))] } }),
        ["types that do not fit"] = (OnnxFindingCode.TypeMismatch, "do not broadcast", () => WithTensor(OnnxTensor.Of([1f, 2f], 2) with { Name = "three" })),
        ["too many inputs"] = (OnnxFindingCode.TypeMismatch, "3 inputs", () => SmallWith(Add with { Inputs = ["x", "x", "three"] })),
        ["input without type"] = (OnnxFindingCode.MissingType, "not said", () => Small() with { Graph = Small().Graph with { Inputs = [new("x", null)] } }),
        ["loop without end"] = (OnnxFindingCode.UnboundedLoop, "no number of turns", () => SmallWith(Add, new OnnxNode { Operator = "Loop", Inputs = ["", ""], Outputs = [], Attributes = [OnnxAttribute.Of("body", Nested(0))] })),
        ["loop of very many turns"] = (OnnxFindingCode.UnboundedLoop, "the limit", () => WithTensor(Three, OnnxTensor.Of([long.MaxValue]) with { Name = "many" }, new OnnxNode { Operator = "Loop", Inputs = ["many", ""], Outputs = [], Attributes = [OnnxAttribute.Of("body", Nested(0))] })),
        ["sparse index outside"] = (OnnxFindingCode.BadTensor, "index 9", () => WithSparse(new(OnnxTensor.Of([1f], 1) with { Name = "s" }, OnnxTensor.Of([9L], 1), [4]))),
        ["sparse tensor that fills the memory"] = (OnnxFindingCode.BadTensor, "would fill", () => WithSparse(new(OnnxTensor.Of([1f], 1) with { Name = "s" }, OnnxTensor.Of([0L], 1), [1L << 50]))),
        ["damaged tensor inside a branch"] = (OnnxFindingCode.BadTensor, "wants 12 bytes", () => SmallWith(Add, new OnnxNode { Operator = "If", Inputs = ["x"], Outputs = [], Attributes = [OnnxAttribute.Of("then_branch", Nested(0) with { Initializers = [Three with { Data = default }] })] })),
    };

    public static TheoryData<string> Cases => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_BrokenModel_IsFoundWithPlaceAndCure(string broken)
    {
        var (code, says, model) = Broken[broken];

        var findings = OnnxChecker.Check(model());

        var finding = Assert.Single(findings, finding => finding.Code == code && finding.What.Contains(says, StringComparison.Ordinal));
        Assert.NotEmpty(finding.Place);
        Assert.NotEmpty(finding.Cure);
    }

    [Fact]
    public void Check_SoundModels_FindsNothing()
    {
        Assert.Empty(OnnxChecker.Check(Small()));
        Assert.Empty(OnnxChecker.Check(Rich()));
    }

    [Fact]
    public void Check_SeveralWrongs_FindsAllAtOnce()
    {
        var model = SmallWith(Add with { Operator = "Nope", Inputs = ["ghost"] }) with { IrVersion = 99, Opsets = [new("", 999)] };

        var codes = OnnxChecker.Check(model).Select(finding => finding.Code).ToHashSet();

        Assert.Superset(new HashSet<OnnxFindingCode> { OnnxFindingCode.UnknownIrVersion, OnnxFindingCode.UnknownOpset, OnnxFindingCode.UnknownOperator, OnnxFindingCode.UndefinedInput }, codes);
    }

    [Fact]
    public void Check_NamesThatActOnTerminals_AreMadeHarmless()
    {
        var finding = Assert.Single(OnnxChecker.Check(SmallWith(Add with { Inputs = ["x", "\u001b[2Jghost\u202e"] })), each => each.Code == OnnxFindingCode.UndefinedInput);

        Assert.DoesNotContain('\u001b', finding.ToString());
        Assert.DoesNotContain('\u202e', finding.ToString());
    }

    [Fact]
    public void Check_MoreFindingsThanWanted_CountsTheRest()
    {
        var nodes = Enumerable.Range(0, 50).Select(i => Add with { Operator = "Nope", Outputs = [$"o{i}"] }).Append(Add).ToList();

        var findings = OnnxChecker.Check(SmallWith(nodes), new() { MaxFindings = 10 });

        Assert.Equal(11, findings.Count);
        Assert.Contains("40 more", findings[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OperatorOfAFunctionThatIsBroughtAlong_IsKnown()
    {
        var twice = new OnnxFunction { Domain = "mine", Name = "Twice", Inputs = ["a"], Outputs = ["b"], Opsets = [new("", 17)], Nodes = [new() { Operator = "Add", Inputs = ["a", "a"], Outputs = ["b"] }] };
        var model = SmallWith(new OnnxNode { Operator = "Twice", Domain = "mine", Inputs = ["x"], Outputs = ["y"] }) with { Opsets = [new("", 17), new("mine", 1)], Functions = [twice] };

        Assert.Empty(OnnxChecker.Check(model));
    }

    private static OnnxModel WithTensor(OnnxTensor tensor, OnnxTensor? more = null, OnnxNode? node = null) =>
        Small() with { Graph = Small().Graph with { Initializers = more is null ? [tensor] : [tensor, more], Nodes = node is null ? [Add] : [Add, node] } };

    private static OnnxModel WithSparse(OnnxSparseTensor sparse) => Small() with { Graph = Small().Graph with { SparseInitializers = [sparse] } };
}
