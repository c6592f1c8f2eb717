using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.Core.Costs;
using Serverless.Core.Experiments;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.Core.Jobs;
using Serverless.Core.Names;
using Serverless.Core.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Core.Telemetry;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Submissions;

namespace Serverless.Orchestrations.Studies;

/// <summary>Records a study and starts its workflow, once. When the host goes down between the two, the sweep starts the workflow.</summary>
public sealed class StudySubmission(StudySet studies, ExperimentSet experiments, IWorkflowClient workflows, IIdSource ids, JobSubmission jobs, TimeProvider clock)
{
    /// <summary>Submits a study.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="source"><c>api</c> or <c>trigger:{name}</c>.</param>
    /// <param name="idempotencyKey">The same key gives the same study, however often it is submitted; null: a new study.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The study's record: the new one, or the one that the key made before.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors, earlier studies included; as <see cref="JobSubmission.EstimateAsync"/> throws for its job; <c>over_budget</c> when one trial to its limit could cost more than the study may; <c>conflict</c> when the key was used for another study.</exception>
    public async Task<StudyRecord> SubmitAsync(StudySpec spec, string source, string? idempotencyKey, CancellationToken cancel)
    {
        SearchPlan.Of(spec);
        if (idempotencyKey is { Length: 0 or > JobSubmission.MaxKeyLength })
            throw Fail.Invalid("Idempotency-Key", $"The idempotency key has {idempotencyKey.Length} characters; 1 to {JobSubmission.MaxKeyLength} are allowed.", "Send a random identifier.");
        var request = Convert.ToHexStringLower(Hash(JsonSerializer.Serialize(spec, ContractsJson.Default.StudySpec)));
        var id = idempotencyKey is null ? ids.Next("study") : $"study-{Convert.ToHexStringLower(Hash($"{source}\n{idempotencyKey}"))[..24]}";
        if (await studies.FindAsync(id, cancel) is not { } study)
            study = await RecordAsync(Draft(id, spec, source) with { RequestSha256 = idempotencyKey is null ? null : request }, cancel);
        await StartAsync(study, cancel);
        return idempotencyKey is null || study.RequestSha256 == request
            ? study
            : throw Fail.Conflict($"The idempotency key {Shown.Quote(idempotencyKey)} was used for study '{study.Id}', which is another one.", "Use a new key for a new study.");
    }

    /// <summary>Starts the workflow of a study that has not ended.</summary>
    internal async Task StartAsync(StudyRecord study, CancellationToken cancel)
    {
        if (!study.Ended)
            await workflows.StartAsync(StudyNames.Workflow, study.Workflow, new StudyInput(study.Id) { Run = study.Run, TraceParent = study.TraceParent }, cancel);
    }

    /// <summary>Whether a study may begin: what it searches, and the machine of its trials. A job that no machine takes, or no budget pays, is refused before the first trial.</summary>
    /// <exception cref="ServerlessException">As <see cref="SubmitAsync"/> throws.</exception>
    internal async Task<(SearchPlan Search, JobPlacement Placement)> CheckAsync(StudySpec spec, CancellationToken cancel)
    {
        var search = SearchPlan.Of(spec);
        await CheckEarlierAsync(spec, cancel);
        var placement = await jobs.EstimateAsync(spec.Job, cancel);
        return StudyCosts.Refusal(spec, placement) is { } refusal ? throw new ServerlessException(ProblemCodes.OverBudget, refusal.Message, refusal.Cure) : (search, placement);
    }

    private async Task<StudyRecord> RecordAsync(StudyRecord draft, CancellationToken cancel)
    {
        await CheckAsync(draft.Spec, cancel);
        if (draft.Spec.Experiment is { } experiment)
            await experiments.OpenAsync(experiment, clock.GetUtcNow(), cancel);
        return await studies.CreateAsync(draft, cancel)
            ? draft
            : await studies.FindAsync(draft.Id, cancel) ?? throw Fail.Conflict($"The study '{draft.Id}' was deleted while it was being submitted.", "Submit it again.");
    }

    private async Task CheckEarlierAsync(StudySpec spec, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        for (var index = 0; index < spec.WarmStart.Count; index++)
            errors.AddRange(WarmStartRules.Check(spec, index, (await studies.FindAsync(spec.WarmStart[index], cancel))?.Spec));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    private StudyRecord Draft(string id, StudySpec spec, string source) => new()
    {
        Id = id,
        Name = spec.Name ?? JobNames.Of(spec.Job),
        Spec = spec,
        Source = source,
        CreatedAt = clock.GetUtcNow(),
        Seed = spec.Seed ?? BinaryPrimitives.ReadInt64LittleEndian(Hash(id)),
        TraceParent = TraceContext.Current,
    };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
