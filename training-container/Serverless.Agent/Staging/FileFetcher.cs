using System.Globalization;
using System.Security.Cryptography;
using Serverless.Agent.Hosts;
using Serverless.Agent.Leases;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Staging;

/// <summary>Brings a file to a path of the node, and makes sure of its hash: from a disk that node and host share, else by its address.</summary>
internal sealed class FileFetcher(AttemptCalls calls)
{
    private const int BufferBytes = 128 * 1024;
    private const int Tries = 2;

    /// <summary>Brings the file; a content that is not what was announced is brought once more.</summary>
    /// <exception cref="StagingFailure">It cannot be had.</exception>
    public async Task FetchAsync(TicketFile wanted, string target, CancellationToken cancel)
    {
        var wrong = "";
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // The second time not from the shared disk: what lies there is what was wrong.
            var result = attempt == 0 && wanted.Address.LocalPath is { } local ? await TryCopyAsync(local, wanted.File, target, cancel) : null;
            result ??= await DownloadAsync(wanted, target, cancel);
            if (result == wanted.File.Sha256)
                return;
            wrong = result;
        }

        File.Delete(target);
        throw new StagingFailure(string.Create(CultureInfo.InvariantCulture,
            $"The file '{wanted.File.Path}' was brought {Tries} times, and its content is not what was announced: {wanted.File.SizeBytes:N0} bytes with SHA-256 {wanted.File.Sha256} were expected, {wrong} came. Upload the data again."));
    }

    private static async Task<string?> TryCopyAsync(string path, ContentFile file, string target, CancellationToken cancel)
    {
        try
        {
            await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            return await CopyAsync(source, file, target, cancel);
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<string> DownloadAsync(TicketFile wanted, string target, CancellationToken cancel)
    {
        try
        {
            return await calls.RepeatAsync(async token =>
            {
                var hash = "";
                await calls.Host.ReadFileAsync(wanted.Address, async (stream, inner) => hash = await CopyAsync(stream, wanted.File, target, inner), token);
                return hash;
            }, cancel);
        }
        catch (HostFailure failure)
        {
            throw new StagingFailure($"The file '{wanted.File.Path}' (SHA-256 {wanted.File.Sha256}) could not be brought: {failure.Message}. Check that the data is still in the store.", inner: failure);
        }
    }

    /// <summary>Copies and hashes in one pass; never more than was announced.</summary>
    private static async Task<string> CopyAsync(Stream source, ContentFile file, string target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var written = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferBytes];
        long total = 0;
        int count;
        while ((count = await source.ReadAsync(buffer, cancel)) > 0)
        {
            total += count;
            if (total > file.SizeBytes)
                return "more bytes";
            hash.AppendData(buffer, 0, count);
            await written.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        return total == file.SizeBytes ? Convert.ToHexStringLower(hash.GetHashAndReset()) : string.Create(CultureInfo.InvariantCulture, $"{total:N0} bytes");
    }
}
