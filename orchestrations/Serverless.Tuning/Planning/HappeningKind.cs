namespace Serverless.Tuning.Planning;

/// <summary>What happens in a simulated study.</summary>
internal enum HappeningKind
{
    /// <summary>Somebody looks at the study.</summary>
    Look,

    /// <summary>A trial's program reports.</summary>
    Report,

    /// <summary>A trial's attempt ends.</summary>
    End,

    /// <summary>A trial's machine is taken away.</summary>
    Eviction,

    /// <summary>A machine has booted.</summary>
    Ready,

    /// <summary>A machine has waited long enough.</summary>
    IdleOut,
}
