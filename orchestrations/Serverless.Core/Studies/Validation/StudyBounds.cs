namespace Serverless.Core.Studies.Validation;

/// <summary>Bounds on what a study asks for, each chosen so that its document stays within what stores take and its search within a host's memory.</summary>
public static class StudyBounds
{
    /// <summary>Most parameters.</summary>
    public const int Parameters = 100;

    /// <summary>Most choices of a parameter.</summary>
    public const int Choices = 1_000;

    /// <summary>Most conditions, nested ones counted.</summary>
    public const int Conditions = 1_000;

    /// <summary>Most objectives.</summary>
    public const int Objectives = 8;

    /// <summary>Most trials.</summary>
    public const int Trials = 100_000;

    /// <summary>Most trials that run at once.</summary>
    public const int Parallelism = 1_000;

    /// <summary>Most points that are tried first.</summary>
    public const int Tries = 1_000;

    /// <summary>Most earlier studies.</summary>
    public const int WarmStarts = 10;

    /// <summary>Most settings of a sampler or a pruner.</summary>
    public const int Settings = 50;

    /// <summary>Most trials that are shown as best.</summary>
    public const int Best = 100;

    /// <summary>The greatest last step of a trial.</summary>
    public const int LastStep = 1_000_000;

    /// <summary>Most values of which a mean is taken.</summary>
    public const int MeanOf = 10_000;
}
