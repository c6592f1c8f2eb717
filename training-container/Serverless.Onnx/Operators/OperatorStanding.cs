namespace Serverless.Onnx.Operators;

/// <summary>How an operator stands in a version of its operator set.</summary>
internal enum OperatorStanding
{
    /// <summary>It is there.</summary>
    Known,

    /// <summary>The operator set has never had it.</summary>
    Unknown,

    /// <summary>A later version has it.</summary>
    TooNew,

    /// <summary>This version no longer has it.</summary>
    Deprecated,

    /// <summary>We know nothing of the operator set.</summary>
    UnknownDomain,
}
