namespace Serverless.Tuning.Samplers.CmaEs;

/// <summary>How an evolution strategy goes on when it has converged or got stuck: somewhere else, by chance, with another population.</summary>
public enum CmaEsRestart
{
    /// <summary>With the same population.</summary>
    Same,

    /// <summary>With twice the population each time (Auger and Hansen, A Restart CMA Evolution Strategy With Increasing Population Size, 2005).</summary>
    Ipop,

    /// <summary>By turns with twice the population of the last large one, and with a small one and a small step
    /// (Hansen, Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed, 2009).</summary>
    Bipop,
}
