using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Core.Failures;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>Says what a study would come to, from many simulated ones, before anything is submitted.</summary>
public sealed class StudyPlanning
{
    /// <summary>The seed of plans: the same question has the same answer.</summary>
    private const long Seed = 20_001;

    private readonly PlanSurvey survey;
    private readonly StudyOptions study;
    private readonly PlanOptions options;
    private readonly SemaphoreSlim room;

    internal StudyPlanning(PlanSurvey survey, StudyOptions study, PlanOptions options)
    {
        (this.survey, this.study, this.options) = (survey, study, options);
        room = new SemaphoreSlim(options.AtOnce);
    }

    /// <summary>The plan.</summary>
    /// <param name="request">The study, and what is said of its trials.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException">As <see cref="StudySubmission.SubmitAsync"/> throws for the study; <c>invalid_input</c> for what is said of its trials.</exception>
    public async Task<StudyPlan> PlanAsync(StudyPlanRequest request, CancellationToken cancel)
    {
        if (PlanRequestValidation.Check(request) is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        var ground = await survey.LookAsync(request, cancel);
        await room.WaitAsync(cancel);
        try
        {
            return Plan(request.Study, ground, cancel);
        }
        finally
        {
            room.Release();
        }
    }

    private StudyPlan Plan(StudySpec spec, PlanGround ground, CancellationToken cancel)
    {
        var alternatives = new PlanAlternatives(ground, study, options);
        var asked = alternatives.Asked(spec);
        var forecast = Forecast.Of(asked, Seed, alternatives.Runs(asked), alternatives.MostTrials(asked), cancel);
        var expected = PlanViews.View(forecast, ground.Placement.PricePerHour);
        var bound = CostBound.Of(asked, spec.Job.Limits.GraceSeconds, ground.Placement.Spot);
        var most = PlanViews.View(bound, spec, ground.BudgetLeft);
        return new StudyPlan
        {
            Space = PlanViews.View(ground.Size),
            Sampler = PlanWords.Sampler(spec),
            Pruner = PlanWords.Pruner(spec, ground.Estimate),
            Placement = ground.Placement,
            Trial = new PlanTrial
            {
                Source = ground.Estimate.Source,
                From = ground.Estimate.From,
                Seconds = ground.Estimate.Range(),
                Steps = ground.Estimate.Steps > 0 ? ground.Estimate.Steps : null,
                FailureRate = ground.Estimate.FailureRate,
                Seen = ground.Estimate.Seen,
            },
            Expected = expected,
            Most = most,
            Currency = ground.Placement.Currency,
            Alternatives = alternatives.Compare(spec, forecast, Seed, cancel),
            Assumptions = PlanWords.Assumptions(spec, ground, asked, forecast, options.EvictionsPerHour),
            Notes = PlanWords.Notes(spec, ground, expected, most),
        };
    }
}
