namespace Serverless.Onnx.Lowering;

/// <summary>How recordings become a model.</summary>
public sealed record LoweringOptions
{
    /// <summary>The oldest version of ai.onnx that can be written.</summary>
    public const int OldestOpset = 17;

    /// <summary>The newest version of ai.onnx that can be written.</summary>
    public const int NewestOpset = 21;

    /// <summary>The version of ai.onnx, from 17 to 21. 17 is what every runtime of today reads.</summary>
    public int Opset { get; init; } = OldestOpset;

    /// <summary>The axes that may have any size, by input and axis, with a name each: <c>input → 0 → batch</c>. Axes of one name always have one size.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> DynamicAxes { get; init; } = new Dictionary<string, IReadOnlyDictionary<int, string>>();

    /// <summary>Other names for inputs, by the recorded name.</summary>
    public IReadOnlyDictionary<string, string> InputNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Other names for outputs, by the recorded name.</summary>
    public IReadOnlyDictionary<string, string> OutputNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The graph's name.</summary>
    public string GraphName { get; init; } = "network";

    /// <summary>The program that writes the model.</summary>
    public string Producer { get; init; } = "Serverless";

    /// <summary>That program's version.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>Key and value pairs that the model keeps.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Refusals that are told. More than these nobody reads.</summary>
    public int MaxRefusals { get; init; } = 100;
}
