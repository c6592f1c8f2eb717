namespace Serverless.Onnx.Operators;

/// <summary>Versions of the file format and of the operator sets (onnx, docs/Versioning.md).</summary>
public static class FormatVersions
{
    /// <summary>The oldest file format that we read: the first with operator sets.</summary>
    public const long OldestIr = 3;

    /// <summary>The newest file format that we know.</summary>
    public const long NewestIr = 13;

    /// <summary>The newest ai.onnx whose operators we know.</summary>
    public const int NewestOpset = 27;

    /// <summary>The newest ai.onnx.ml whose operators we know.</summary>
    public const int NewestMachineLearningOpset = 5;

    /// <summary>The oldest file format in which a version of ai.onnx may be used, so that old readers read it.</summary>
    public static long IrFor(int opset) => opset switch
    {
        <= 8 => 3,
        9 => 4,
        10 => 5,
        11 => 6,
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= 22 => 10,
        23 => 11,
        24 => 12,
        _ => 13,
    };
}
