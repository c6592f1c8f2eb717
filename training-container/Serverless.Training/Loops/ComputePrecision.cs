namespace Serverless.Training.Loops;

/// <summary>In what a network computes. The weights that the optimizer changes are 32-bit in each case.</summary>
internal enum ComputePrecision
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>16 bits with the range of 32-bit floating point: no scaling of the loss.</summary>
    BFloat16,

    /// <summary>16-bit floating point, with a scaled loss; on a GPU alone.</summary>
    Float16,
}
