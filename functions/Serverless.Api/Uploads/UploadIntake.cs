using Microsoft.Extensions.Logging;
using Serverless.Api.Content;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Uploads;
using Serverless.Orchestrations.Datasets;

namespace Serverless.Api.Uploads;

/// <summary>
/// Takes files that were dropped into a container in as versions of data sets. An event only says where to look: so doubled, late and forged ones do no harm, and what is there
/// now is taken once for each ETag.
/// </summary>
public sealed partial class UploadIntake(DropStore drop, ContentIntake content, DatasetLanding landing, UploadSet uploads, TimeProvider clock, ILogger<UploadIntake> log)
{
    private const string Source = "drop";

    /// <summary>Answers a message of Event Grid. Twice does no harm.</summary>
    /// <returns>How many files were taken in.</returns>
    /// <exception cref="ServerlessException">The message is no event (no retry helps), or a store did not answer (the message comes again).</exception>
    public async Task<int> AnswerAsync(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        var taken = 0;
        foreach (var one in UploadEventReader.Read(message))
        {
            if (string.Equals(one.Container, drop.Container, StringComparison.Ordinal))
                taken += await TakeAsync(one.Path, cancel) ? 1 : 0;
            else
                LogElsewhere(Shown.Quote(one.Container));
        }

        return taken;
    }

    /// <summary>Takes in what lies at a place now, unless that was done.</summary>
    /// <returns>Whether a file was taken in by this call.</returns>
    public async Task<bool> TakeAsync(string path, CancellationToken cancel)
    {
        if (PathRules.Check(path, "drop") is { Count: > 0 } errors)
        {
            LogRefused(Shown.Quote(path), errors[0].Message, errors[0].Cure);
            return false;
        }

        var place = ArtifactPath.Parse(path);
        if (!DropPath.IsFinished(path) || await drop.Store.FindAsync(place, cancel) is not { SizeBytes: > 0 } entry)
            return false;
        if (await uploads.FindAsync(UploadSet.Id(path), cancel) is { } known && known.ETag == entry.ETag)
            return false;
        var record = await TakeAsync(entry, cancel);
        await RecordAsync(record, cancel);
        return record.Dataset is not null;
    }

    private async Task<UploadRecord> TakeAsync(ArtifactEntry entry, CancellationToken cancel)
    {
        var shown = Shown.Quote(entry.Path.Value);
        var record = new UploadRecord(entry.Path.Value, entry.ETag, clock.GetUtcNow());
        try
        {
            var (dataset, path) = DropPath.Parse(entry.Path.Value);
            await using var bytes = await drop.Store.OpenReadAsync(entry.Path, null, cancel);
            var file = await content.TakeAsync(path, bytes, long.MaxValue, cancel);
            var version = await landing.LandAsync(dataset, [file], Source, cancel);
            record = record with { Dataset = $"{version.Name}@{version.Version}" };
            LogTaken(shown, record.Dataset);
        }
        catch (ServerlessException refused) when (!refused.Retryable && refused.Errors.Count > 0)
        {
            record = record with { Refused = refused.Message };
            LogRefused(shown, refused.Message, refused.Cure ?? "");
        }

        return record;
    }

    private async Task RecordAsync(UploadRecord record, CancellationToken cancel)
    {
        if (!await uploads.CreateAsync(record, cancel))
            await uploads.UpdateAsync(UploadSet.Id(record.Path), now => now.At > record.At ? now : record, cancel);
    }

    [LoggerMessage(6150, LogLevel.Information, "Took the upload {File} in as {Dataset}.")]
    private partial void LogTaken(string file, string dataset);

    [LoggerMessage(6151, LogLevel.Warning, "The upload {File} is left alone until it changes: {Why} {Cure}")]
    private partial void LogRefused(string file, string why, string cure);

    [LoggerMessage(6152, LogLevel.Warning, "An event is about the container {Container}, which nothing is taken from.")]
    private partial void LogElsewhere(string container);
}
