using System.Globalization;
using System.Net;
using Serverless.Agent.Hosts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Files;

/// <summary>
/// Sends what appears under the model, artifacts and TensorBoard folders, and event files that metrics are read from elsewhere: each file once it is settled, again when it
/// changed, and all of it when the program has ended.
/// A file that is appended to all the time is sent from time to time.
/// </summary>
internal sealed class OutputWatch
{
    private const int BatchFiles = 100;
    private const int LastTries = 3;
    private static readonly TimeSpan RestlessAfter = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(OutputPlace Place, string Path), Known> known = [];
    private readonly IReadOnlyList<OutputPlace> places;
    private readonly Uploader uploader;
    private readonly TimeSpan settle;
    private readonly TimeProvider clock;
    private readonly Action<string> note;
    private bool toldTooMany;

    public OutputWatch(IReadOnlyList<OutputPlace> places, Uploader uploader, TimeSpan settle, TimeProvider clock, Action<string> note)
    {
        this.places = places;
        this.uploader = uploader;
        this.settle = settle;
        this.clock = clock;
        this.note = note;
    }

    /// <summary>Looks once, and sends what has settled.</summary>
    public async Task PassAsync(CancellationToken cancel)
    {
        foreach (var place in places)
            await SendAsync(place, Scan(place).Where(IsSettled).ToList(), cancel);
    }

    /// <summary>The program has ended: sends all that is not sent.</summary>
    /// <returns>The files that could not be sent.</returns>
    public async Task<IReadOnlyList<string>> FinishAsync(CancellationToken cancel)
    {
        for (var attempt = 0; attempt < LastTries; attempt++)
        {
            foreach (var place in places)
                await SendAsync(place, Scan(place), cancel);
        }

        return [.. places.SelectMany(place => Scan(place).Select(each => $"{place.Folder}/{each.Stamp.Path}"))];
    }

    /// <summary>The files of a place that are not sent as they are now.</summary>
    private List<Known> Scan(OutputPlace place)
    {
        var open = new List<Known>();
        var files = place.Scan(out var tooMany);
        if (tooMany && !toldTooMany)
        {
            toldTooMany = true;
            note($"There are more than {ContentLimits.Files} files in '{place.Folder}': the others are not kept. Put them into an archive.");
        }

        foreach (var stamp in files)
        {
            if (!known.TryGetValue((place, stamp.Path), out var each))
                known[(place, stamp.Path)] = each = new Known { FirstSeen = clock.GetTimestamp() };
            if (each.Stamp != stamp)
                each.SeenAt = clock.GetTimestamp();
            each.Stamp = stamp;
            if (each.Sent != stamp && !each.Refused)
                open.Add(each);
        }

        return open;
    }

    private bool IsSettled(Known file) =>
        clock.GetElapsedTime(file.SeenAt) >= settle || clock.GetElapsedTime(file.SentAt ?? file.FirstSeen) >= RestlessAfter;

    private async Task SendAsync(OutputPlace place, List<Known> files, CancellationToken cancel)
    {
        foreach (var batch in files.Chunk(BatchFiles))
        {
            var items = new List<(Known File, FileStamp Stamp, Uploader.Item Item)>();
            foreach (var file in batch)
            {
                var stamp = file.Stamp;
                if (await OutputFile.HashAsync(place.Folder, stamp, cancel) is { } hash)
                    items.Add((file, stamp, new(new ContentFile(stamp.Path, hash, stamp.SizeBytes), () => OutputFile.TryOpen(place.Folder, stamp.Path))));
            }

            if (items.Count > 0)
                await SendBatchAsync(place.Kind, items, cancel);
        }
    }

    private async Task SendBatchAsync(FileKind kind, List<(Known File, FileStamp Stamp, Uploader.Item Item)> items, CancellationToken cancel)
    {
        try
        {
            var sent = await uploader.SendAsync(kind, [.. items.Select(each => each.Item)], cancel);
            foreach (var (file, stamp, _) in items.Where((_, i) => sent[i]).Select(each => each))
            {
                file.Sent = stamp;
                file.SentAt = clock.GetTimestamp();
            }
        }
        catch (HostFailure failure) when (failure.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge)
        {
            if (items.Count == 1)
                Refuse(items[0].File, failure);
            else
                foreach (var item in items)
                    await SendBatchAsync(kind, [item], cancel);
        }
    }

    private void Refuse(Known file, HostFailure failure)
    {
        file.Refused = true;
        note(string.Create(CultureInfo.InvariantCulture, $"The file '{file.Stamp.Path}' is not kept: {failure.Message}"));
    }

    private sealed class Known
    {
        public FileStamp Stamp { get; set; }

        public long FirstSeen { get; init; }

        public long SeenAt { get; set; }

        public FileStamp? Sent { get; set; }

        public long? SentAt { get; set; }

        public bool Refused { get; set; }
    }
}
