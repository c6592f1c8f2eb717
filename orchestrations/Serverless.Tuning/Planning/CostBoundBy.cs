namespace Serverless.Tuning.Planning;

/// <summary>Which limit bounds what a study can cost.</summary>
public enum CostBoundBy
{
    /// <summary>Its machines cost nothing.</summary>
    Price,

    /// <summary>Its number of trials, each with all its attempts to their limit.</summary>
    Trials,

    /// <summary>Its time.</summary>
    Time,

    /// <summary>Its own limit on cost, with what is spent until its trials have stopped.</summary>
    Cost,
}
