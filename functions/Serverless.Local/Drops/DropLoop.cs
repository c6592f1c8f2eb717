using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Local.Drops;

/// <summary>Watches the drop folder: is told of changes by the system, and looks by itself now and then, since the system forgets some.</summary>
internal sealed partial class DropLoop(string root, TimeSpan settle, DropIntake intake, TimeProvider clock, ILogger<DropLoop> log)
{
    /// <summary>How often it is looked when nothing was told.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly DropFolder folder = new(root);
    private readonly DropTable table = new(settle);
    private readonly SemaphoreSlim told = new(0, 1);

    /// <summary>Watches until it is broken off.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var watcher = Watch();
        while (!cancel.IsCancellationRequested)
        {
            await LookAsync(cancel);
            try
            {
                if (table.Waits)
                    await Task.Delay(settle < Glance ? settle : Glance, clock, cancel);
                else
                    await told.WaitAsync(Glance, cancel);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        foreach (var file in table.Due(folder.Look(), clock.GetUtcNow()))
        {
            if (cancel.IsCancellationRequested)
                return;
            await TakeAsync(file, cancel);
        }
    }

    private async Task TakeAsync(DropFile file, CancellationToken cancel)
    {
        var shown = Shown.Quote(file.Path);
        try
        {
            if (await intake.TakeAsync(file, cancel) is not { } dataset)
                return;
            table.Done(file);
            LogTaken(shown, dataset);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
        catch (ServerlessException refused) when (!refused.Retryable && refused.Errors.Count > 0)
        {
            table.Done(file);
            LogRefused(shown, refused.Message, refused.Cure ?? "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ServerlessException)
        {
            LogFailed(error, shown);
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Created += (_, _) => Tell();
            watcher.Changed += (_, _) => Tell();
            watcher.Renamed += (_, _) => Tell();
            watcher.Error += (_, _) => Tell();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnwatched(error, Glance.TotalSeconds);
            return null;
        }
    }

    private void Tell()
    {
        lock (folder)
        {
            if (told.CurrentCount == 0)
                told.Release();
        }
    }
}
