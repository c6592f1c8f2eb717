using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Refusals;

/// <summary>Collects refusals, each once, up to a limit.</summary>
internal sealed class RefusalList(int most)
{
    private readonly HashSet<LoweringRefusal> seen = [];
    private readonly List<LoweringRefusal> all = [];

    public IReadOnlyList<LoweringRefusal> All => all;

    public void Add(RecordedNode node, string what, string cure) => Add(new(node.Operator, PlaceOf(node), what, cure));

    public void Add(LoweringRefusal refusal)
    {
        if (all.Count < most && seen.Add(refusal))
            all.Add(refusal);
    }

    /// <summary>The line and the module.</summary>
    public static string PlaceOf(RecordedNode node) => (node.Place, node.Scope) switch
    {
        ("", var scope) => scope,
        (var place, "") => place,
        var (place, scope) => $"{place} ({scope})",
    };
}
