namespace Serverless.Onnx.Recording;

/// <summary>What a recorded constant holds.</summary>
public enum ConstantKind
{
    /// <summary>Nothing: an argument that was left out.</summary>
    None,

    /// <summary>An integer.</summary>
    Int,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A truth value.</summary>
    Bool,

    /// <summary>A text, also a device.</summary>
    Text,

    /// <summary>Integers.</summary>
    Ints,

    /// <summary>Floating-point numbers.</summary>
    Floats,

    /// <summary>Truth values.</summary>
    Bools,

    /// <summary>A tensor.</summary>
    Tensor,
}
