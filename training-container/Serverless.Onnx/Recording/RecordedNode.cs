namespace Serverless.Onnx.Recording;

/// <summary>One operator that ran.</summary>
public sealed record RecordedNode
{
    /// <summary>Its name, such as <c>aten::addmm</c>; one that ends in <c>_</c> writes into its first input.</summary>
    public required string Operator { get; init; }

    /// <summary>The numbers of the values that went in.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    /// <summary>The values that came out.</summary>
    public required IReadOnlyList<RecordedValue> Outputs { get; init; }

    /// <summary>What a <c>prim::Constant</c> holds; null for other operators.</summary>
    public RecordedConstant? Constant { get; init; }

    /// <summary>The line that called it, such as <c>Program.cs:12 in Net.forward</c>; may be empty.</summary>
    public string Place { get; init; } = "";

    /// <summary>The module that called it, such as <c>encoder.layers.0</c>; may be empty.</summary>
    public string Scope { get; init; } = "";
}
