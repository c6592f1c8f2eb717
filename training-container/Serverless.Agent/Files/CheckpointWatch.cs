using System.Globalization;
using System.Runtime.InteropServices;
using Serverless.Agent.Leases;
using Serverless.Agent.Unix;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Files;

/// <summary>
/// Takes checkpoints: whole or not at all. A checkpoint is taken when the program says so by the marker; without a marker, when the folder has been unchanged for a while
/// and no process holds one of its files open for writing. What is taken are links to the files, so that a program which replaces files by renaming does not disturb it;
/// one that writes into them does, and is found out by size, time and hash: then nothing is committed.
/// </summary>
internal sealed class CheckpointWatch
{
    private const int BatchFiles = 100;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string folder;
    private readonly string snapshot;
    private readonly AttemptCalls calls;
    private readonly Uploader uploader;
    private readonly TimeSpan settle;
    private readonly TimeProvider clock;
    private readonly Action<int, int> onCommitted;
    private IReadOnlyList<FileStamp> committed;
    private IReadOnlyList<FileStamp> last;
    private IReadOnlyList<FileStamp>? whole;
    private FileStamp? committedMarker;
    private long changedAt;
    private long? failedAt;
    private int sequence;

    /// <summary>Begins.</summary>
    /// <param name="folders">The attempt's folders.</param>
    /// <param name="staged">The folder's files before the program was started: that much is committed already.</param>
    /// <param name="calls">The attempt's calls.</param>
    /// <param name="uploader">Sends files.</param>
    /// <param name="settle">How long the folder must be unchanged.</param>
    /// <param name="clock">The time.</param>
    /// <param name="onCommitted">Told of each commit: its sequence and how many files it has.</param>
    public CheckpointWatch(AttemptFolder folders, IReadOnlyList<FileStamp> staged, AttemptCalls calls, Uploader uploader, TimeSpan settle, TimeProvider clock, Action<int, int> onCommitted)
    {
        folder = OutputFile.Resolve(folders.Checkpoint);
        snapshot = OutputFile.Resolve(folders.Snapshot);
        this.calls = calls;
        this.uploader = uploader;
        this.settle = settle;
        this.clock = clock;
        this.onCommitted = onCommitted;
        committed = last = staged;
        changedAt = clock.GetTimestamp();
    }

    /// <summary>Looks once, and takes a checkpoint when there is a new one.</summary>
    /// <param name="living">The program's processes; null once it has ended or is being stopped: from then on only the marker tells what is whole.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task PassAsync(Func<IReadOnlyList<int>?> living, CancellationToken cancel)
    {
        if (failedAt is { } failed && clock.GetElapsedTime(failed) < RetryAfter)
            return;
        var marker = OutputScan.Marker(folder);
        var files = OutputScan.Read(folder, out _);
        if (marker is not null)
        {
            if (IsDue(marker.Value, files) && await TakeAsync(files, marker, cancel))
                committedMarker = marker;
            return;
        }

        if (!files.SequenceEqual(last))
        {
            last = files;
            changedAt = clock.GetTimestamp();
            return;
        }

        if (files.Count == 0 || files.SequenceEqual(committed) || clock.GetElapsedTime(changedAt) < settle || !IsAtRest(files, living))
            return;
        whole = files;
        await TakeAsync(files, null, cancel);
    }

    /// <summary>Whether the program lives and writes none of the files. It must be alive after the look too: what a dead one wrote last nobody holds open.</summary>
    private bool IsAtRest(IReadOnlyList<FileStamp> files, Func<IReadOnlyList<int>?> living) =>
        living() is { } processes
        && !OpenWriters.Any(processes, files.Select(file => Path.Combine(folder, file.Path)).ToHashSet(StringComparer.Ordinal))
        && living() is not null;

    /// <summary>
    /// The program has ended. What it left is taken when it ended by its own decision; what a killed program left only if it was seen whole before, because the kill may
    /// have come in the middle of a write.
    /// </summary>
    /// <param name="byItself">Whether it ended by its own decision: exit code 0, or one below 128 after it was asked to stop.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task FinishAsync(bool byItself, CancellationToken cancel)
    {
        var marker = OutputScan.Marker(folder);
        var files = OutputScan.Read(folder, out _);
        var due = marker is { } mark
            ? IsDue(mark, files)
            : !files.SequenceEqual(committed) && (byItself || (whole is not null && files.SequenceEqual(whole)));
        if (due && files.Count > 0)
            await TakeAsync(files, marker, cancel);
    }

    /// <summary>The marker is written last: when a file is newer, the program is about the next checkpoint already, and its marker will tell.</summary>
    private bool IsDue(FileStamp marker, IReadOnlyList<FileStamp> files) =>
        marker != committedMarker && files.Count > 0 && files.All(file => file.ChangedTicks <= marker.ChangedTicks);

    private async Task<bool> TakeAsync(IReadOnlyList<FileStamp> files, FileStamp? marker, CancellationToken cancel)
    {
        failedAt = clock.GetTimestamp();
        if (!TryLink(files) || !OutputScan.Read(folder, out _).SequenceEqual(files) || OutputScan.Marker(folder) != marker)
        {
            failedAt = null;
            return false;
        }

        var items = new List<Uploader.Item>();
        for (var i = 0; i < files.Count; i++)
        {
            var name = Name(i);
            if (await OutputFile.HashAsync(snapshot, files[i], cancel, name) is not { } hash)
                return false;
            items.Add(new(new ContentFile(files[i].Path, hash, files[i].SizeBytes), () => OutputFile.TryOpen(snapshot, name)));
        }

        foreach (var batch in items.Chunk(BatchFiles))
        {
            if ((await uploader.SendAsync(FileKind.Checkpoint, batch, cancel)).Contains(false))
                return false;
        }

        await calls.CommitAsync(new CheckpointCommit(calls.Node, calls.Epoch, sequence + 1, [.. items.Select(item => item.File)]), cancel);
        onCommitted(++sequence, files.Count);
        committed = files;
        failedAt = null;
        return true;
    }

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Links every file into the snapshot folder; copies where the file system has no links.</summary>
    private bool TryLink(IReadOnlyList<FileStamp> files)
    {
        foreach (var old in Directory.EnumerateFiles(snapshot))
            File.Delete(old);
        for (var i = 0; i < files.Count; i++)
        {
            var source = Path.Combine(folder, files[i].Path);
            var target = Path.Combine(snapshot, Name(i));
            if (Libc.Link(source, target) == 0)
                continue;
            if (Marshal.GetLastPInvokeError() == 2)
                return false;
            File.Copy(source, target);
            File.SetLastWriteTimeUtc(target, new DateTime(files[i].ChangedTicks, DateTimeKind.Utc));
        }

        return true;
    }
}
