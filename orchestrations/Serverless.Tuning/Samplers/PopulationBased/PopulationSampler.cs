using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.PopulationBased;

/// <summary>
/// Population-based training (Jaderberg et al., Population Based Training of Neural Networks, arXiv 1711.09846): members train on in turns. A trial is one turn of one member:
/// it goes on from its last checkpoint with its parameters, or, when it is among the worst or its last turn failed, from that of one of the best with parameters that were changed a little.
/// For programs that begin with the checkpoint of the trial that <see cref="Proposal.Parent"/> names; with one objective, or by the first. As in the paper nobody waits for a whole generation: the
/// member that is behind takes the next turn, and is compared with what the others reached last. A member has one turn at a time; while all of them run there is nothing to propose.
/// </summary>
public sealed class PopulationSampler : ISampler
{
    private readonly PopulationOptions options;

    /// <summary>Made with options.</summary>
    public PopulationSampler(PopulationOptions? options = null) => this.options = options ?? new();

    /// <inheritdoc/>
    public string Name => "pbt";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        var population = Population.Read(memory, options.Members, history);
        var number = history.Trials.Count;
        if (population.Vacancy is { } vacancy)
            return new Proposal(UniformPoints.Draw(history.Space, random)) { Memory = population.After(vacancy, number) };
        if (population.Next is not { } member)
            return new Proposal([]) { Waits = true };

        var taken = population.After(member, number);
        var ranked = population.Ranked;
        if (ranked.Count == 0)
            return new Proposal(UniformPoints.Draw(history.Space, random)) { Memory = taken };
        var ends = Math.Max(1, (int)(ranked.Count * options.Truncation));
        var own = population.Reached(member) is { } last ? ranked.IndexOf(last) : -1;
        if (own >= 0 && own < Math.Max(ends, ranked.Count - ends))
            return new Proposal(ranked[own].Point.ToArray()) { Parent = ranked[own].Number, Memory = taken };
        var model = ranked[random.NextBelow(ends)];
        return new Proposal(Explore(history.Space, model, random)) { Parent = model.Number, Memory = taken };
    }

    private double[] Explore(SearchSpace space, Trial model, RandomSource random)
    {
        var point = new double[space.Dimensions.Count];
        Array.Fill(point, double.NaN);
        foreach (var dimension in space.Dimensions)
        {
            var resamples = random.NextUniform() < options.ResampleProbability;
            var up = random.NextUniform() < 0.5;
            if (!space.IsActive(dimension, point))
                continue;
            var before = model.Point[dimension.Index];
            point[dimension.Index] = resamples || double.IsNaN(before) ? dimension.FromUnit(random.NextUniform()) : Perturb(dimension, before, up);
        }

        return point;
    }

    private double Perturb(Dimension dimension, double before, bool up)
    {
        switch (dimension.Kind)
        {
            case DimensionKind.Categorical or DimensionKind.Fixed:
                return before;
            case DimensionKind.Ordinal:
                return dimension.Snap(before + (up ? 1 : -1));
            default:
                var changed = dimension.Snap(up ? before * options.Factor : before / options.Factor);
                return changed == before && dimension.Step > 0 ? dimension.Snap(before + (up ? dimension.Step : -dimension.Step)) : changed;
        }
    }
}
