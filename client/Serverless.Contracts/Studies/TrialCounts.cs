namespace Serverless.Contracts.Studies;

/// <summary>How many trials a study has.</summary>
/// <param name="Running">That run.</param>
/// <param name="Complete">With values.</param>
/// <param name="Pruned">Given up while they ran.</param>
/// <param name="Failed">Without.</param>
/// <param name="Imported">Taken from earlier studies; in none of the others.</param>
public sealed record TrialCounts(int Running, int Complete, int Pruned, int Failed, int Imported)
{
    /// <summary>Those that this study started.</summary>
    public int Started => Running + Complete + Pruned + Failed;
}
