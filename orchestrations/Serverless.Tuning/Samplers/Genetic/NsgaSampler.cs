using Serverless.Tuning.Pareto;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Genetic;

/// <summary>
/// Generations of trials, of which the best and the most apart have children
/// (Deb, Pratap, Agarwal, Meyarivan, A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, IEEE Trans. Evol. Comp. 6, 2002). For several objectives; one will do.
/// </summary>
public sealed class NsgaSampler : ISampler
{
    /// <summary>The first trial number of each generation.</summary>
    private const string Starts = "generations";

    /// <summary>The numbers of the trials that the current generation comes from.</summary>
    private const string Parents = "parents";

    private readonly NsgaOptions options;

    /// <summary>Made with options.</summary>
    public NsgaSampler(NsgaOptions? options = null) => this.options = options ?? new();

    /// <inheritdoc/>
    public string Name => "nsga2";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        var starts = memory.Row(Starts) ?? [0];
        var parents = memory.Row(Parents) ?? [];
        var generation = history.Trials.Skip((int)starts[^1]).Where(trial => trial.Status == TrialStatus.Complete).ToArray();
        if (generation.Length >= options.Population)
        {
            parents = [.. Elite(history, [.. parents.Select(number => history.Trials[(int)number]), .. generation]).Select(trial => (double)trial.Number)];
            starts = [.. starts, history.Trials.Count];
        }

        var point = parents.Length == 0 ? UniformPoints.Draw(history.Space, random) : Child(history, [.. parents.Select(number => history.Trials[(int)number])], random);
        return new Proposal(point) { Memory = new SamplerMemory(new Dictionary<string, double[]> { [Starts] = starts, [Parents] = parents }) };
    }

    /// <summary>The best of a population: by front, and within the last front that counts those with the most room.</summary>
    internal IReadOnlyList<Trial> Elite(TrialHistory history, IReadOnlyList<Trial> population)
    {
        var losses = population.Select(trial => Losses(history, trial)).ToArray();
        var ranks = Domination.Ranks(losses);
        var elite = new List<Trial>();
        for (var rank = 0; elite.Count < Math.Min(options.Population, population.Count); rank++)
        {
            var front = Enumerable.Range(0, population.Count).Where(index => ranks[index] == rank).ToArray();
            var room = Crowding.Distances([.. front.Select(index => losses[index])]);
            elite.AddRange(Enumerable.Range(0, front.Length).OrderByDescending(place => room[place]).ThenBy(place => front[place])
                .Take(options.Population - elite.Count).Select(place => population[front[place]]));
        }

        return elite;
    }

    private double[] Child(TrialHistory history, IReadOnlyList<Trial> parents, RandomSource random)
    {
        var first = Select(history, parents, random);
        var second = random.NextUniform() < options.CrossoverProbability ? Select(history, parents, random) : first;
        var searched = history.Space.Dimensions.Count(dimension => dimension.Kind != DimensionKind.Fixed && !double.IsNaN(first.Point[dimension.Index]));
        var mutation = options.MutationProbability ?? 1.0 / Math.Max(1, searched);
        var point = new double[history.Space.Dimensions.Count];
        Array.Fill(point, double.NaN);
        foreach (var dimension in history.Space.Dimensions)
        {
            var (from, other) = random.NextUniform() < options.SwapProbability ? (second, first) : (first, second);
            var mutates = random.NextUniform() < mutation;
            if (!history.Space.IsActive(dimension, point))
                continue;
            var inherited = double.IsNaN(from.Point[dimension.Index]) ? other.Point[dimension.Index] : from.Point[dimension.Index];
            point[dimension.Index] = mutates || double.IsNaN(inherited) ? dimension.FromUnit(random.NextUniform()) : inherited;
        }

        return point;
    }

    /// <summary>The better of two by chance; the second when neither is.</summary>
    private static Trial Select(TrialHistory history, IReadOnlyList<Trial> parents, RandomSource random)
    {
        var (one, other) = (parents[random.NextBelow(parents.Count)], parents[random.NextBelow(parents.Count)]);
        return Domination.Dominates(Losses(history, one), Losses(history, other)) ? one : other;
    }

    private static double[] Losses(TrialHistory history, Trial trial) =>
        [.. Enumerable.Range(0, history.Objectives.Count).Select(objective => history.Loss(trial, objective))];
}
