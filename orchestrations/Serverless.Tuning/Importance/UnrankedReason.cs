namespace Serverless.Tuning.Importance;

/// <summary>Why nothing can be said of a parameter.</summary>
public enum UnrankedReason
{
    /// <summary>The space leaves it one value.</summary>
    Constant,

    /// <summary>It is there in fewer than <see cref="ImportanceOptions.LeastTrials"/> trials.</summary>
    FewTrials,

    /// <summary>It has the same value in all trials.</summary>
    SameValue,

    /// <summary>All trials where it is there have the same value of the objective.</summary>
    EqualValues,
}
