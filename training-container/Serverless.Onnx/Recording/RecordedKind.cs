namespace Serverless.Onnx.Recording;

/// <summary>What a recorded value is.</summary>
public enum RecordedKind
{
    /// <summary>Something that the recorder does not know more of.</summary>
    Other,

    /// <summary>A tensor of known type and shape.</summary>
    Tensor,

    /// <summary>An integer.</summary>
    Int,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A truth value.</summary>
    Bool,

    /// <summary>A text.</summary>
    String,

    /// <summary>Nothing: an argument that was left out.</summary>
    None,

    /// <summary>A list.</summary>
    List,

    /// <summary>A tuple.</summary>
    Tuple,

    /// <summary>A device.</summary>
    Device,
}
