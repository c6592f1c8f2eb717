namespace Serverless.Tuning.Planning;

/// <summary>How a simulated trial ended.</summary>
internal enum TrialOutcome
{
    /// <summary>It ran to its end.</summary>
    Complete,

    /// <summary>It failed, by itself or at a limit.</summary>
    Failed,

    /// <summary>It stopped because it was told to.</summary>
    Stopped,
}
