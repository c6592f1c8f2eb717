namespace Serverless.Onnx.Findings;

/// <summary>What is wrong with a model.</summary>
public enum OnnxFindingCode
{
    /// <summary>There are no bytes.</summary>
    Empty,

    /// <summary>The file is of another format (a pickle, an archive, text); it was not opened.</summary>
    ForeignFormat,

    /// <summary>The bytes are cut off or damaged.</summary>
    Malformed,

    /// <summary>It has more bytes, nodes or fields than the limits allow.</summary>
    TooLarge,

    /// <summary>Graphs lie in each other deeper than the limits allow.</summary>
    TooDeep,

    /// <summary>The version of the file format is not known.</summary>
    UnknownIrVersion,

    /// <summary>The version of an operator set is missing, given twice or not known.</summary>
    UnknownOpset,

    /// <summary>An operator is not known, or not in the version that the model names.</summary>
    UnknownOperator,

    /// <summary>An operator set is neither known nor brought along.</summary>
    UnknownDomain,

    /// <summary>A name is given twice, or empty.</summary>
    BadName,

    /// <summary>A node uses a value that nothing makes.</summary>
    UndefinedInput,

    /// <summary>Nodes need each other's outputs.</summary>
    Cycle,

    /// <summary>A node comes before what it needs.</summary>
    WrongOrder,

    /// <summary>Data does not match type and shape.</summary>
    BadTensor,

    /// <summary>Data lies outside the file where it may not, or not where it is said to.</summary>
    ExternalData,

    /// <summary>An attribute is given twice or of the wrong kind.</summary>
    BadAttribute,

    /// <summary>Types or shapes do not fit together.</summary>
    TypeMismatch,

    /// <summary>An input or output of the graph has no type.</summary>
    MissingType,

    /// <summary>A loop has no bound on its turns.</summary>
    UnboundedLoop,
}
