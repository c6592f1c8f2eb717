using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Core.Artifacts;
using Serverless.Core.Datasets;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Secrets;

namespace Serverless.Api.Agents;

/// <summary>Writes what an agent needs to run a claimed job, with an address for each file.</summary>
internal sealed class TicketWriter(IArtifactStore store, DatasetSet datasets, JobSecrets secrets)
{
    /// <summary>How long the addresses hold: staging of much data over a slow line must end before. An address is for one file and for reading only.</summary>
    private static readonly TimeSpan AddressLife = TimeSpan.FromHours(12);

    /// <summary>The ticket of a job as it was claimed.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c> when a data set or a secret is gone.</exception>
    public async Task<JobTicket> WriteAsync(JobRecord job, TimeSpan lease, CancellationToken cancel)
    {
        var spec = job.Spec;
        var inputs = new List<TicketInput>(spec.Inputs.Count);
        foreach (var input in spec.Inputs)
        {
            var version = await datasets.FindAsync(input.Dataset ?? "", cancel)
                ?? throw Fail.NotFound("data set version", input.Dataset ?? "", "Upload the data again, then submit the job again.");
            inputs.Add(new TicketInput(input.Channel, input.Path ?? $"inputs/{input.Channel}", await AddressesAsync(version.Files, Content, cancel)));
        }

        // An attempt goes on from the job's own newest checkpoint; before there is one, from that of the job that it was told to begin with.
        var (owner, checkpoint) = job.Checkpoint is { } own ? (job.Id, own) : (job.Origin?.Owner ?? job.Id, job.Origin?.Checkpoint);
        var (variables, secretValues) = await secrets.ResolveAsync(spec.Environment, cancel);
        return new JobTicket
        {
            JobId = job.Id,
            Epoch = job.Epoch,
            LeaseSeconds = lease.TotalSeconds,
            Command = spec.Program.Command,
            Algorithm = spec.Program.Algorithm,
            Image = spec.Program.Image,
            WritableRoot = spec.Program.WritableRoot,
            Resources = spec.Resources,
            Arguments = spec.Arguments,
            Environment = variables,
            Secrets = secretValues,
            Network = spec.Network,
            TraceParent = job.TraceParent,
            Inputs = inputs,
            Code = await AddressesAsync(spec.Program.Code, Content, cancel),
            Checkpoint = checkpoint is null
                ? []
                : await AddressesAsync(checkpoint.Files, file => ArtifactPaths.CheckpointContent(owner, checkpoint.Epoch, file.Sha256), cancel),
            StartNote = job.Checkpoint is null ? job.Origin?.Words() : null,
            Metrics = spec.Metrics,
            Limits = spec.Limits,
        };
    }

    private static ArtifactPath Content(ContentFile file) => ArtifactPaths.Content(file.Sha256);

    private async Task<IReadOnlyList<TicketFile>> AddressesAsync(IReadOnlyList<ContentFile> files, Func<ContentFile, ArtifactPath> place, CancellationToken cancel)
    {
        var tickets = new List<TicketFile>(files.Count);
        foreach (var file in files)
        {
            var address = await store.AddressAsync(place(file), ArtifactVerb.Read, AddressLife, cancel);
            tickets.Add(new TicketFile(file, new FileAddress(address.Url, address.ExpiresAt, address.LocalPath)));
        }

        return tickets;
    }
}
