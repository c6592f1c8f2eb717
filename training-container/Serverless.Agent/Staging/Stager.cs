using System.Runtime.InteropServices;
using Serverless.Agent.Files;
using Serverless.Agent.Unix;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Staging;

/// <summary>Brings an attempt's code, inputs and last checkpoint to where its program looks for them.</summary>
internal sealed class Stager(ContentCache cache, FileFetcher fetcher, TimeProvider clock)
{
    private const int AtOnce = 4;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Brings all of it.</summary>
    /// <exception cref="StagingFailure">Something cannot be had, or there is no room for it.</exception>
    public async Task<Staged> StageAsync(JobTicket ticket, AttemptFolder folder, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        try
        {
            await PlaceCodeAsync(ticket.Code, folder.Work, cancel);
            foreach (var file in ticket.Checkpoint)
                await fetcher.FetchAsync(file, Prepared(folder.Checkpoint, file.File.Path), cancel);
            var (copied, cached) = await PlaceInputsAsync(ticket.Inputs, folder, cancel);
            return new Staged(new StagingReport(copied, cached, clock.GetElapsedTime(started).TotalSeconds), OutputScan.Read(folder.Checkpoint, out _));
        }
        catch (Exception full) when (Disk.IsFull(full))
        {
            throw new StagingFailure(Disk.FullMessage(folder.Root, "the job's code or data"), JobReason.DiskFull, full);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new StagingFailure($"The job's code or data could not be written: {broken.Message}", JobReason.InputUnavailable, broken);
        }
    }

    private static string Prepared(string folder, string relative)
    {
        var path = SafePath.Below(folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>A fresh copy, which the program may change; scripts and binaries may be executed.</summary>
    private async Task PlaceCodeAsync(IReadOnlyList<TicketFile> code, string folder, CancellationToken cancel)
    {
        var paths = await BringAsync(code, cancel);
        foreach (var file in code)
        {
            var target = Prepared(folder, file.File.Path);
            File.Copy(paths[file.File.Sha256].Path, target, overwrite: true);
            File.SetUnixFileMode(target, IsProgram(target) ? Runnable : Plain);
            File.SetLastWriteTimeUtc(target, clock.GetUtcNow().UtcDateTime);
        }
    }

    private async Task<(long Copied, long Cached)> PlaceInputsAsync(IReadOnlyList<TicketInput> inputs, AttemptFolder folder, CancellationToken cancel)
    {
        var paths = await BringAsync(inputs.SelectMany(input => input.Files), cancel);
        foreach (var input in inputs)
        {
            var root = folder.PlaceOf(input);
            Directory.CreateDirectory(root);
            foreach (var file in input.Files)
                Link(paths[file.File.Sha256].Path, Prepared(root, file.File.Path));
            foreach (var below in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories))
                File.SetUnixFileMode(below, Folder);
            File.SetUnixFileMode(root, Folder);
        }

        return (paths.Values.Where(each => each.Copied).Sum(each => each.Bytes), paths.Values.Where(each => !each.Copied).Sum(each => each.Bytes));
    }

    private async Task<Dictionary<string, (string Path, bool Copied, long Bytes)>> BringAsync(IEnumerable<TicketFile> files, CancellationToken cancel)
    {
        var brought = new Dictionary<string, (string Path, bool Copied, long Bytes)>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(files.DistinctBy(file => file.File.Sha256), options, async (file, token) =>
        {
            var (path, copied) = await cache.BringAsync(file, fetcher, token);
            lock (brought)
                brought[file.File.Sha256] = (path, copied, file.File.SizeBytes);
        });
        return brought;
    }

    /// <summary>One more name for the cached file; a copy where the file system cannot do that.</summary>
    private static void Link(string cached, string target)
    {
        if (Libc.Link(cached, target) == 0)
            return;
        if (File.Exists(target))
            throw new StagingFailure($"Two inputs, or an input and the code, have the same path '{target}'. Give the input another path.");
        if (Disk.IsFull(new IOException("", Marshal.GetLastPInvokeError())))
            throw new IOException("No space left on device", Marshal.GetLastPInvokeError());
        File.Copy(cached, target);
    }

    private static bool IsProgram(string path)
    {
        Span<byte> head = stackalloc byte[4];
        using var file = File.OpenHandle(path);
        var count = RandomAccess.Read(file, head, 0);
        return head[..count].StartsWith("#!"u8) || head[..count].StartsWith("\x7f"u8) && head[1..count].SequenceEqual("ELF"u8);
    }
}
