namespace Serverless.Onnx.Graphs;

/// <summary>What an attribute holds, numbered as in <c>AttributeProto.AttributeType</c>.</summary>
public enum AttributeKind
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>A 32-bit floating-point number.</summary>
    Float = 1,

    /// <summary>A 64-bit integer.</summary>
    Int = 2,

    /// <summary>Bytes, mostly UTF-8 text.</summary>
    String = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph.</summary>
    Graph = 5,

    /// <summary>Several numbers.</summary>
    Floats = 6,

    /// <summary>Several integers.</summary>
    Ints = 7,

    /// <summary>Several texts.</summary>
    Strings = 8,

    /// <summary>Several tensors.</summary>
    Tensors = 9,

    /// <summary>Several graphs.</summary>
    Graphs = 10,

    /// <summary>A sparse tensor.</summary>
    SparseTensor = 11,

    /// <summary>Several sparse tensors.</summary>
    SparseTensors = 12,

    /// <summary>A type.</summary>
    Type = 13,

    /// <summary>Several types.</summary>
    Types = 14,
}
