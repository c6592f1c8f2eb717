namespace Serverless.Onnx.Recording;

/// <summary>Where an input of a recording came from.</summary>
public enum RecordedRole
{
    /// <summary>The caller gave it.</summary>
    Input,

    /// <summary>The network learns it.</summary>
    Parameter,

    /// <summary>The network keeps it, and does not learn it by gradients.</summary>
    Buffer,
}
