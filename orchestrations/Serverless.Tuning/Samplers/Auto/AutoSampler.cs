using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Samplers.Tpe;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Auto;

/// <summary>
/// For whoever does not want to choose: begins with the middle of the space and an even filling, then takes turns between a model of the whole space,
/// which finds the good regions, and a neighbourhood around the best trial of a region, which goes to its bottom. A region that is done is left for the next one
/// that the model sees. Where a pruner ends most trials early it hands over to Parzen estimators. It needs no budget and no settings. Several objectives it leaves to <see cref="GaussianProcessSampler"/>.
/// </summary>
public sealed class AutoSampler : ISampler
{
    /// <summary>How much better than the best every other far turn wants to be, in deviations of the losses: it leaves the bottom of the best basin to the near turns.</summary>
    private const double Ambition = 0.05;

    /// <summary>A near turn that promises less than this part of the losses' spread is left out every other time.</summary>
    private const double Polish = 1e-3;

    /// <summary>How many of the last ended trials are looked at to see whether a pruner is at work.</summary>
    private const int Lately = 20;

    private readonly TpeSampler parzen = new();
    private Encoding? encoding;
    private GaussianProcessSampler? several;

    /// <inheritdoc/>
    public string Name => "auto";

    /// <summary>The first trial is in the middle of the space. Without, the first is as any other.</summary>
    public bool BeginsInTheMiddle { get; init; } = true;

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        if (MostArePruned(history))
            return parzen.Propose(history, memory, random);
        if (history.Objectives.Count > 1)
            return (several ??= new() { BeginsInTheMiddle = BeginsInTheMiddle }).Propose(history, memory, random);
        if (encoding?.Space != history.Space)
            encoding = new Encoding(history.Space);
        var known = Observations.Of(history, encoding, trial => history.Loss(trial));
        if (known.Trials.Count < StartDesign.Count(encoding.Searched.Count))
            return StartDesign.Propose(encoding, history.Trials.Count, BeginsInTheMiddle, memory, random);
        var turn = new Turn(encoding, history, known, memory, random);
        return history.Trials.Count % 2 == 1 && turn.Near() is { } near ? near : turn.Far();
    }

    /// <summary>Where most trials end early, values say little to a process, and ranks say much: then Parzen estimators find more.</summary>
    private static bool MostArePruned(TrialHistory history)
    {
        var pruned = 0;
        for (var i = Math.Max(0, history.Ended.Count - Lately); i < history.Ended.Count; i++)
            pruned += history.Ended[i].Status == TrialStatus.Pruned ? 1 : 0;
        return pruned > Lately / 2;
    }

    private sealed class Turn(Encoding encoding, TrialHistory history, Observations known, SamplerMemory memory, RandomSource random)
    {
        private readonly Basins basins = new(encoding, known);
        private LocalRun run = LocalRun.Read(memory);
        private Surrogate? surrogate;

        public Proposal Far()
        {
            var model = Model();
            var point = new AcquisitionSearch(encoding, known, random).Best(new ExpectedImprovement(model.Process, model.Best - (history.Trials.Count % 4 == 0 ? 0 : Ambition)));
            return Remember(point);
        }

        public Proposal? Near()
        {
            run = run.Settle(history, known, basins);
            if (run.Pending != LocalRun.None)
                return null;
            FollowTheBest();
            if (run.Centre == LocalRun.None && basins.FindNew(Model(), run.Finished, random) is { } start)
                return Await(start, 0, false);
            if (run.Centre == LocalRun.None)
                run = run with { Centre = known.Trials[known.Best].Number, Hops = 0 };
            // Last digits are worth fewer trials than new places are.
            if (run.Hops == LocalRun.None && run.Promised > 0 && run.Promised < Polish * known.Spread && history.Trials.Count % 4 == 3)
                return null;
            var neighbourhood = new Neighbourhood(encoding, known, known.IndexOf(run.Centre));
            if (run.Hops == LocalRun.None)
            {
                // Where nothing is left to gain at one scale there may be at a smaller one, as beside a kink.
                for (; run.Radius >= LocalRun.LeastRadius; run = run with { Radius = run.Radius / 4 })
                {
                    if (neighbourhood.Propose(run.Radius, run.Failures > 0, random) is var (point, promised, atEdge))
                        return Await(point, promised, atEdge);
                }

                run = run with { Hops = 0 };
            }

            if (run.Hops < encoding.Numbers.Count && neighbourhood.Hop(random) is { } hop)
                return Await(hop, 0, false);
            run = run.Finish();
            return null;
        }

        private Proposal Await(double[] point, double promised, bool atEdge)
        {
            run = run with { Pending = history.Trials.Count, Promised = promised, AtEdge = atEdge };
            return Remember(point);
        }

        /// <summary>A better trial from elsewhere becomes the centre, unless its basin has been searched.</summary>
        private void FollowTheBest()
        {
            var best = known.Best;
            var number = known.Trials[best].Number;
            var centre = run.Centre == LocalRun.None ? -1 : known.IndexOf(run.Centre);
            if (centre < 0)
                run = run with { Centre = LocalRun.None };
            if (number == run.Centre || basins.IsSearched(run.Finished, known.Places[best]))
                return;
            if (centre >= 0 && Basins.Distance(known.Places[centre], known.Places[best]) <= 2 * run.Radius)
                run = run with { Centre = number, Hops = LocalRun.None };
            else
                run = run with { Centre = number, Start = number, Radius = Math.Max(run.Radius, LocalRun.FirstRadius), Failures = 0, Hops = LocalRun.None };
        }

        private Surrogate Model() => surrogate ??= Surrogate.Fit(known, encoding, memory);

        private Proposal Remember(double[] point)
        {
            var rows = new Dictionary<string, double[]>(memory.Rows);
            foreach (var (name, row) in (surrogate?.Rows() ?? []).Concat(run.Rows()))
                rows[name] = row;
            return new Proposal(point) { Memory = new SamplerMemory(rows) };
        }
    }
}
