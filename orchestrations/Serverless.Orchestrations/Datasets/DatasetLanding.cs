using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Content;
using Serverless.Core.Datasets;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Telemetry;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Datasets;

/// <summary>Makes a version of a data set from content that is there, and says that it landed. The same content is the same version: landing it again changes nothing and starts nothing.</summary>
public sealed class DatasetLanding(DatasetSet datasets, IArtifactStore artifacts, IDoorbell doorbell, TimeProvider clock)
{
    /// <summary>Lands a version.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="files">All its files; the content of each must be at <see cref="ArtifactPaths.Content"/>.</param>
    /// <param name="source"><c>api</c> or <c>drop</c>.</param>
    /// <param name="cancel">Breaks off; landing again completes what was broken off.</param>
    /// <returns>The version: the new one, or the one that landed before with the same content.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all errors.</exception>
    public async Task<DatasetVersion> LandAsync(string name, IReadOnlyList<ContentFile> files, string source, CancellationToken cancel)
    {
        await RequireAsync(name, files, cancel);
        using var span = JobTelemetry.Source.StartActivity("dataset.land");
        var version = new DatasetVersion
        {
            Name = name,
            Version = DatasetVersions.Hash(files),
            Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)],
            SizeBytes = files.Sum(file => file.SizeBytes),
            CreatedAt = clock.GetUtcNow(),
            Source = source,
            TraceParent = TraceContext.Current,
        };
        span?.SetTag(TelemetryNames.Dataset, version.Name).SetTag("serverless.dataset.size", version.SizeBytes);
        var id = DatasetSet.Id(version.Name, version.Version);
        if (!await datasets.CreateAsync(version, cancel))
            version = await datasets.FindAsync(id, cancel) ?? version;

        // Rung again for one that was there: an earlier landing may have been broken off before its ring. A doubled ring starts nothing.
        await doorbell.RingAsync(Queues.Landings, id, RingOptions.Plain, cancel);
        return version;
    }

    private async Task RequireAsync(string name, IReadOnlyList<ContentFile> files, CancellationToken cancel)
    {
        var errors = NameRules.Check(name, "name", "data set").Concat(ContentRules.Check(files, "files")).ToList();
        if (files.Count == 0)
            errors.Add(new FieldError("files", "The data set has no files.", "Give at least one."));
        for (var i = 0; i < files.Count && errors.Count == 0; i++)
        {
            var file = files[i];
            var there = await artifacts.FindAsync(ArtifactPaths.Content(file.Sha256), cancel);
            if (there is null)
                errors.Add(new FieldError($"files[{i}]", $"The content of {Shown.Quote(file.Path)} ({file.Sha256}) was not uploaded.", "Upload the content first."));
            else if (there.SizeBytes != file.SizeBytes)
                errors.Add(new FieldError($"files[{i}].sizeBytes", $"The content of {Shown.Quote(file.Path)} has {there.SizeBytes} bytes, not {file.SizeBytes}.", "Give the content's length."));
        }

        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }
}
