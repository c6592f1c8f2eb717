using Serverless.Contracts.Models;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;

namespace Serverless.Orchestrations.Models;

/// <summary>Writes model versions into the registry: first as a candidate, then as what its gate says. Each write may be made again.</summary>
internal sealed class ModelRegistry(ModelSet models, TimeProvider clock)
{
    /// <summary>Registers a model that can be served, with what it came from. One that is registered is left alone.</summary>
    /// <returns>Its id, <c>name@version</c>.</returns>
    public async Task<string> AddAsync(JobRecord job, ModelFile file, ModelCheck check, CancellationToken cancel)
    {
        await models.CreateAsync(
            new ModelVersion
            {
                Name = file.Name,
                Version = file.Version,
                Stage = ModelStage.Candidate,
                Sha256 = file.Sha256,
                SizeBytes = file.SizeBytes,
                CreatedAt = clock.GetUtcNow(),
                Metrics = job.Metrics,
                Lineage = Lineage(job),
                Inputs = check.Inputs,
                Outputs = check.Outputs,
            },
            cancel);
        return ModelSet.Id(file.Name, file.Version);
    }

    /// <summary>Writes down what the gate said.</summary>
    public Task<ModelVersion?> JudgeAsync(string id, GateVerdict verdict, CancellationToken cancel)
    {
        var stage = verdict.Passed ? ModelStage.Approved : ModelStage.Rejected;
        return models.UpdateAsync(id, model => model.Stage == stage ? model : model with { Stage = stage, Gate = verdict.Results }, cancel);
    }

    private static ModelLineage Lineage(JobRecord job) => new()
    {
        JobId = job.Id,
        Epoch = job.PublishedEpoch ?? job.Epoch,
        Datasets = job.Spec.Inputs.ToDictionary(input => input.Channel, input => input.Dataset ?? ""),
        Program = job.Spec.Program.Algorithm is { } algorithm ? $"algorithm:{algorithm}" : string.Join(' ', job.Spec.Program.Command ?? []),
        Arguments = job.Spec.Arguments,
        Code = job.Spec.Program.Code,
        GitCommit = job.Spec.Program.GitCommit,
    };
}
