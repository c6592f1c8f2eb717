namespace Serverless.Core.Compute;

/// <summary>What a machine's provider says of it.</summary>
public enum ComputeNodeState
{
    /// <summary>Asked for.</summary>
    Creating,

    /// <summary>There.</summary>
    Running,

    /// <summary>Being taken away.</summary>
    Deleting,

    /// <summary>Failed or stopped: to be terminated.</summary>
    Failed,
}
