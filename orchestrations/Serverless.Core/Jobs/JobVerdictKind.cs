namespace Serverless.Core.Jobs;

/// <summary>What is to be done about a job.</summary>
public enum JobVerdictKind
{
    /// <summary>Look again later.</summary>
    Wait,

    /// <summary>Let it wait for a node again.</summary>
    Requeue,

    /// <summary>Ask its agent to stop it, for a limit.</summary>
    Stop,

    /// <summary>Take its files as its result.</summary>
    Publish,

    /// <summary>End it.</summary>
    End,

    /// <summary>Nothing: it has ended.</summary>
    Over,
}
