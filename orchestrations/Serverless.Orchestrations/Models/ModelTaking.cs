using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Names;

namespace Serverless.Orchestrations.Models;

/// <summary>
/// Takes the model that a job made into the registry: its file is there, it can be loaded, its signature is known. Twice does no harm: the job keeps its version number,
/// the copy is overwritten by the same bytes, and a version that is noted is left alone.
/// </summary>
internal sealed class ModelTaking(ModelIntake intake, IEndpointHost host, ModelRegistry registry)
{
    /// <summary>Takes it.</summary>
    /// <param name="job">A job whose attempt is published, and which says what becomes of its model.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<TakenModel> TakeAsync(JobRecord job, CancellationToken cancel)
    {
        var name = Shown.Quote(job.Spec.Model!.File);
        if (await intake.TakeAsync(job, cancel) is not { } file)
            return new TakenModel(null) { Missing = true, Message = $"The program ended well, but wrote no file {name} to its model folder." };
        var id = ModelSet.Id(file.Name, file.Version);
        await registry.AddAsync(job, file, cancel);
        var check = await host.PrepareAsync(new EndpointModel(file.Name, file.Version), cancel);
        if (!check.Passed)
        {
            await registry.RemoveAsync(id, cancel);
            return new TakenModel(null) { Message = $"The file {name} is no model that can be served: {check.Message}", Cure = check.Cure };
        }

        await registry.SignAsync(id, check, cancel);
        return new TakenModel(id);
    }
}
