namespace Serverless.Tuning.Importance;

/// <summary>How it is found out what matters.</summary>
public enum ImportanceMethod
{
    /// <summary>
    /// The part of the objective's variance over the whole space that a parameter explains by itself, by a forest of regression trees
    /// (Hutter, Hoos, Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance, ICML 2014).
    /// </summary>
    Fanova,

    /// <summary>
    /// How differently a parameter is spread over the best tenth of the trials and over all of them
    /// (Watanabe, Bansal, Hutter, PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces, IJCAI 2023).
    /// </summary>
    PedAnova,
}
