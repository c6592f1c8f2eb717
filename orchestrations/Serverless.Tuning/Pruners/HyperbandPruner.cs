using Serverless.Tuning.Pruning;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>
/// Successive halving from several first rungs at once: each trial belongs to a bracket, and competes in it alone
/// (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, Hyperband, JMLR 18, 2018). How many trials a bracket gets is that of the paper's algorithm 1;
/// which one a trial gets follows from its number.
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    private readonly SuccessiveHalvingPruner[] brackets;
    private readonly int[] shares;
    private readonly int total;

    /// <summary>Made with its settings.</summary>
    /// <param name="lastStep">The steps of a whole trial; at least <paramref name="firstStep"/>.</param>
    /// <param name="firstStep">The first rung's step; at least 1.</param>
    /// <param name="factor">The ratio of rungs, and the part of the trials that goes on; at least 2.</param>
    public HyperbandPruner(int lastStep, int firstStep = 1, int factor = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastStep, firstStep);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        var count = 1;
        for (var step = (long)firstStep * factor; step <= lastStep; step *= factor)
            count++;
        brackets = [.. Enumerable.Range(0, count).Select(skipped => new SuccessiveHalvingPruner(firstStep, factor, skipped))];
        shares = [.. Enumerable.Range(0, count).Select(skipped => (int)Math.Ceiling(count * Math.Pow(factor, count - 1 - skipped) / (count - skipped)))];
        total = shares.Sum();
    }

    /// <inheritdoc/>
    public string Name => "hyperband";

    /// <summary>How many of each so many trials a bracket gets, by bracket; the first has the lowest rung.</summary>
    internal IReadOnlyList<int> Shares => shares;

    /// <inheritdoc/>
    public bool ShouldPrune(TrialHistory history, Trial trial)
    {
        var bracket = BracketOf(trial.Number);
        return brackets[bracket].ShouldPrune(history, trial, other => BracketOf(other.Number) == bracket);
    }

    /// <summary>The bracket of a trial: by chance that its number decides, so that it needs not be saved.</summary>
    internal int BracketOf(int number)
    {
        var place = (int)(RandomState.OfSeed(number).A % (ulong)total);
        var bracket = 0;
        while ((place -= shares[bracket]) >= 0)
            bracket++;
        return bracket;
    }
}
