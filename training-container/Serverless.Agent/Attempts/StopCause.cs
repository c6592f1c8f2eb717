namespace Serverless.Agent.Attempts;

/// <summary>Why the agent stopped a program.</summary>
internal enum StopCause
{
    /// <summary>It did not: the program ended by itself.</summary>
    None,

    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>The limit on the run's time was reached.</summary>
    TimeLimit,

    /// <summary>The node is to leave.</summary>
    Evicted,

    /// <summary>The claim is over.</summary>
    LeaseLost,
}
