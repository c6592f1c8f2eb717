using Serverless.Contracts.Models;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;

namespace Serverless.Orchestrations.Models;

/// <summary>Writes model versions into the registry: first as a candidate, then as what its gate says. Each write may be made again.</summary>
internal sealed class ModelRegistry(ModelSet models, TimeProvider clock)
{
    /// <summary>Notes a model file as a candidate, with what it came from: an endpoint host finds the file's hash there. One that is noted is left alone.</summary>
    public Task AddAsync(JobRecord job, ModelFile file, CancellationToken cancel) => models.CreateAsync(
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
        },
        cancel);

    /// <summary>Writes down the signature and the parity record of a candidate that can be served.</summary>
    public Task SignAsync(string id, ModelCheck check, CancellationToken cancel) =>
        models.UpdateAsync(id, model => model with { Inputs = check.Inputs, Outputs = check.Outputs, Parity = check.Parity }, cancel);

    /// <summary>Takes back a candidate that turned out to be no model.</summary>
    public Task RemoveAsync(string id, CancellationToken cancel) => models.DeleteAsync(id, cancel);

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
        Program = Program(job),
        Arguments = job.Spec.Arguments,
        Code = job.Spec.Program.Code,
        GitCommit = job.Spec.Program.GitCommit,
    };

    /// <summary>What ran, in one line; an image by the digest that ran.</summary>
    private static string Program(JobRecord job)
    {
        var program = job.Spec.Program;
        var words = program.Algorithm is { } algorithm ? $"algorithm:{algorithm}" : string.Join(' ', program.Command ?? []);
        return program.Image is { } image ? $"image:{job.Machine?.Image ?? image} {words}".TrimEnd() : words;
    }
}
