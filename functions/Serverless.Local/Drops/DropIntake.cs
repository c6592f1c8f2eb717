using Serverless.Api.Content;
using Serverless.Contracts.Content;
using Serverless.Core.Failures;
using Serverless.Core.Uploads;
using Serverless.Orchestrations.Datasets;

namespace Serverless.Local.Drops;

/// <summary>Takes one settled file in: its bytes go to the store by their hash, then it lands as a version of its data set.</summary>
internal sealed class DropIntake(ContentIntake content, DatasetLanding landing)
{
    private const string Source = "drop";

    /// <summary>Takes a file in. Twice gives the same version.</summary>
    /// <returns>The version as <c>name@version</c>; null when the file changed meanwhile, is still written, or is not where it was: it is looked at again later.</returns>
    /// <exception cref="ServerlessException"><c>invalid_input</c> for a name that cannot be one.</exception>
    public async Task<string?> TakeAsync(DropFile file, CancellationToken cancel)
    {
        var (name, path) = DropPath.Parse(file.Path);
        if (FileUse.IsWritten(file.FullPath))
            return null;
        ContentFile taken;
        await using (var bytes = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 128 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous))
        {
            if (!IsItself(bytes, file))
                return null;
            taken = await content.TakeAsync(path, bytes, long.MaxValue, cancel);
        }

        var now = new FileInfo(file.FullPath);
        if (!now.Exists || taken.SizeBytes != file.SizeBytes || now.Length != file.SizeBytes || now.LastWriteTimeUtc != file.ModifiedAt)
            return null;
        var version = await landing.LandAsync(name, [taken], Source, cancel);
        return $"{version.Name}@{version.Version}";
    }

    /// <summary>What was opened is the file that was seen, and not what a link, put there in between, leads to.</summary>
    private static bool IsItself(FileStream bytes, DropFile file)
    {
        if (bytes.Length != file.SizeBytes)
            return false;
        var opened = OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{bytes.SafeFileHandle.DangerousGetHandle()}").LinkTarget : null;
        return opened is null || opened == file.FullPath;
    }
}
