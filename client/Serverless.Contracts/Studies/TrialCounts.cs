namespace Serverless.Contracts.Studies;

/// <summary>How many trials a study has.</summary>
/// <param name="Running">That run.</param>
/// <param name="Complete">With values.</param>
/// <param name="Pruned">Given up while they ran.</param>
/// <param name="Failed">Without.</param>
/// <param name="Imported">Taken from earlier studies; in none of the others.</param>
public sealed record TrialCounts(int Running, int Complete, int Pruned, int Failed, int Imported)
{
    /// <summary>That the study's end broke off; they run again when it is resumed.</summary>
    public int Cut { get; init; }

    /// <summary>Those that this study started.</summary>
    public int Started => Running + Complete + Pruned + Failed + Cut;
}
