namespace Serverless.Contracts.Experiments;

/// <summary>A note on an experiment. Notes are added and never changed, so that of two people who write at once neither loses a word.</summary>
public sealed record ExperimentNote
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What was written.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it: the name of the key or the account.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
