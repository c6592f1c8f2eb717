using System.Net;
using Serverless.Client.Errors;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Content;

namespace Serverless.Client.Content;

/// <summary>Bytes by their hash. What the host has already is not sent again.</summary>
public sealed class ContentClient
{
    /// <summary>Files that are sent at once.</summary>
    private const int Parallel = 4;

    private readonly ApiConnection connection;

    internal ContentClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Whether the host has these bytes.</summary>
    /// <param name="sha256">Their SHA-256, 64 lower-case hexadecimal digits.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<bool> ExistsAsync(string sha256, CancellationToken cancel = default)
    {
        var call = new ApiCall(HttpMethod.Head, Routes.Fill(Routes.Content, sha256)) { Accepts = [HttpStatusCode.NotFound] };
        using var response = await connection.SendAsync(call, cancel);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    /// <summary>Sends a file unless the host has its bytes.</summary>
    /// <returns>Its content, with its own name as the path, and whether it was sent.</returns>
    public async Task<(ContentFile File, bool Sent)> PutFileAsync(string path, CancellationToken cancel = default)
    {
        var content = await FolderContent.ReadFileAsync(path, Path.GetFileName(path), cancel);
        return (content, await PutAsync(path, content, cancel));
    }

    /// <summary>
    /// Sends the files of a folder (code or data) that the host does not have. Left out are <c>.git</c>, <c>.hg</c>, <c>.svn</c>, <c>__pycache__</c>,
    /// <c>node_modules</c>, <c>.venv</c>, <c>venv</c> and <c>.serverless</c>; links are refused, because what they name may lie elsewhere.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Told after each file.</param>
    /// <param name="cancel">Breaks off; what was sent stays and is not sent again.</param>
    /// <returns>All its files, sorted by path.</returns>
    /// <exception cref="UploadException">The folder is not there, has a link, no file, or more than <see cref="ContentLimits.Files"/>.</exception>
    public async Task<IReadOnlyList<ContentFile>> PutFolderAsync(string folder, IProgress<UploadProgress>? progress = null, CancellationToken cancel = default)
    {
        var files = FolderContent.List(folder);
        var contents = new ContentFile[files.Count];
        var gate = new Lock();
        var done = new UploadProgress(0, files.Count, 0, 0);
        await System.Threading.Tasks.Parallel.ForAsync(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel }, async (i, stop) =>
        {
            var (full, relative) = files[i];
            contents[i] = await FolderContent.ReadFileAsync(full, relative, stop);
            var sent = await PutAsync(full, contents[i], stop) ? contents[i].SizeBytes : 0;
            lock (gate)
            {
                done = done with { Files = done.Files + 1, SentBytes = done.SentBytes + sent, Bytes = done.Bytes + contents[i].SizeBytes };
                progress?.Report(done);
            }
        });
        return contents;
    }

    private async Task<bool> PutAsync(string path, ContentFile content, CancellationToken cancel)
    {
        if (await ExistsAsync(content.Sha256, cancel))
            return false;
        await connection.DoAsync(new ApiCall(HttpMethod.Put, Routes.Fill(Routes.Content, content.Sha256))
        {
            Body = Bodies.File(path),
            ExtraTime = Timeout.InfiniteTimeSpan,
        }, cancel);
        return true;
    }
}
