using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies.Searches;

/// <summary>What a study asks for, as the search knows it.</summary>
internal sealed record SearchPlan(SpaceDescription Space, IReadOnlyList<Objective> Objectives, ISampler Sampler, IPruner Pruner)
{
    /// <summary>The plan of a study that was checked.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is wrong, at once.</exception>
    public static SearchPlan Of(StudySpec spec)
    {
        var errors = StudyValidation.Check(spec).ToList();
        var space = SpaceReading.Read(spec.Space, errors);
        var written = errors.Any(error => error.Path.StartsWith("space.", StringComparison.Ordinal));
        if (!written)
            errors.AddRange(Errors("space", SpaceValidation.Check(space)).Select(error => error with { Path = SpacePlaces.Of(spec.Space, error.Path) }));
        var sampler = SamplerCatalog.Create(spec.Sampler.Name, spec.Sampler.Settings, out var samplerErrors);
        var pruner = PrunerCatalog.Create(spec.Pruner.Name, SettingsOf(spec), out var prunerErrors);
        errors.AddRange(Errors("sampler", samplerErrors));
        errors.AddRange(Errors("pruner", prunerErrors));
        if (errors.Count == 0)
            errors.AddRange(Tries(spec, SearchSpace.Of(space)));
        return errors.Count == 0 ? new SearchPlan(space, [.. spec.Objectives.Select(Read)], sampler!, pruner!) : throw Fail.Invalid(errors);
    }

    /// <summary>The search at its beginning.</summary>
    public Search Begin(StudyRecord study) => Search.Begin(Space, Objectives, Sampler, Pruner, Limits(study.Spec.Limits), study.Seed);

    /// <summary>Limits as the search knows them. What a study costs is watched by the study, which stops trials too.</summary>
    public static StudyLimits Limits(StudyLimitSpec limits) => new()
    {
        MaxTrials = limits.Trials,
        Parallelism = limits.Parallelism,
        MaxFailures = limits.Failures,
        MaxElapsed = limits.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        MaxCost = limits.MaxCost,
        Target = limits.Target,
    };

    /// <summary>The pruner's settings, with the last step of a trial for one that goes by it.</summary>
    private static IReadOnlyDictionary<string, double> SettingsOf(StudySpec spec)
    {
        const string name = StudyValidation.LastStepSetting;
        return spec.LastStep is { } last && PrunerCatalog.SettingsOf(spec.Pruner.Name)?.Any(setting => setting.Name == name) == true
            ? new Dictionary<string, double>(spec.Pruner.Settings) { [name] = last }
            : spec.Pruner.Settings;
    }

    private static IEnumerable<FieldError> Tries(StudySpec spec, SearchSpace space)
    {
        for (var i = 0; i < spec.Try.Count; i++)
        {
            var found = new List<FieldError>();
            try
            {
                space.PointOf(spec.Try[i].ToDictionary(pair => pair.Key, pair => SpaceReading.Value(pair.Value), StringComparer.Ordinal));
            }
            catch (InvalidSpaceException invalid)
            {
                found.AddRange(Errors(FormattableString.Invariant($"try[{i}]"), invalid.Errors));
            }

            foreach (var error in found)
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Errors(string at, IReadOnlyList<SpaceError> errors) =>
        errors.Select(error => new FieldError(error.Path.Length == 0 ? at : $"{at}.{error.Path}", error.Message, error.Cure));

    private static Objective Read(ObjectiveSpec spec) => new(spec.Metric, spec.Direction == ObjectiveDirection.Maximize ? Direction.Maximize : Direction.Minimize)
    {
        MeanOf = spec.MeanOf,
        Final = spec.Value switch
        {
            ObjectiveValue.Last => FinalValue.Last,
            ObjectiveValue.Best => FinalValue.Best,
            ObjectiveValue.MeanOfLast => FinalValue.MeanOfLast,
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Value, null),
        },
    };
}
