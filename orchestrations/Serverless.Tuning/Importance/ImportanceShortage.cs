namespace Serverless.Tuning.Importance;

/// <summary>Why a report says nothing.</summary>
public enum ImportanceShortage
{
    /// <summary>It does.</summary>
    None,

    /// <summary>There are fewer than <see cref="ImportanceOptions.LeastTrials"/>.</summary>
    FewTrials,

    /// <summary>All trials have the same value.</summary>
    EqualValues,

    /// <summary>No parameter has two values.</summary>
    NothingVaries,
}
