namespace Serverless.Onnx.Checking;

/// <summary>What a graph is for.</summary>
internal enum GraphRole
{
    /// <summary>The model's own: its inputs and outputs have types.</summary>
    Main,

    /// <summary>A branch or a loop's body: it sees the names of the graph around it.</summary>
    Inner,

    /// <summary>The body of a function: its attributes may stand for the function's.</summary>
    Function,
}
