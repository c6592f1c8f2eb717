using Serverless.Client.Content;
using Serverless.Client.Errors;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Data;

/// <summary>Data sets. A version never changes: it is named by the hash of its content, and the same content is the same version.</summary>
public sealed class DataClient
{
    private readonly ApiConnection connection;
    private readonly ContentClient content;

    internal DataClient(ApiConnection connection, ContentClient content)
    {
        this.connection = connection;
        this.content = content;
    }

    /// <summary>Sends one file, streamed: a version of the data set that has this file alone.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="file">The file on this machine.</param>
    /// <param name="path">Its path in the data set; null: its own name.</param>
    /// <param name="cancel">Breaks off; nothing is kept then.</param>
    public Task<DatasetVersion> PutFileAsync(string name, string file, string? path = null, CancellationToken cancel = default) =>
        File.Exists(file)
            ? PutAsync(name, path ?? Path.GetFileName(file), Bodies.File(file), cancel)
            : throw new UploadException($"The file '{file}' is not there. Give the path of a file.");

    /// <summary>Sends bytes: a version of the data set that has this one file.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="path">Its path in the data set, such as <c>train.csv</c>.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancel">Breaks off; nothing is kept then.</param>
    public Task<DatasetVersion> PutBytesAsync(string name, string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
        PutAsync(name, path, Bodies.Bytes(bytes, "application/octet-stream"), cancel);

    /// <summary>Sends the files of a folder that the host does not have, then makes a version of them all.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="folder">The folder; see <see cref="ContentClient.PutFolderAsync"/> for what is left out.</param>
    /// <param name="progress">Told after each file.</param>
    /// <param name="cancel">Breaks off; files that were sent are not sent again.</param>
    public async Task<DatasetVersion> PutFolderAsync(string name, string folder, IProgress<UploadProgress>? progress = null, CancellationToken cancel = default)
    {
        var files = await content.PutFolderAsync(folder, progress, cancel);
        return await connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.DatasetVersions, name))
        {
            Body = Bodies.Json(new DatasetManifest(files), ContractsJson.Default.DatasetManifest),
            MayRepeat = true,
        }, ContractsJson.Default.DatasetVersion, cancel);
    }

    /// <summary>The newest version of each data set.</summary>
    public Task<Page<DatasetVersion>> ListAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Datasets, [], Paging.Parameters(page)), ContractsJson.Default.DatasetPage, cancel);

    /// <summary>The versions of a data set, newest first.</summary>
    public Task<Page<DatasetVersion>> VersionsAsync(string name, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.DatasetVersions, [name], Paging.Parameters(page)), ContractsJson.Default.DatasetPage, cancel);

    /// <summary>One version.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="version">Its version, at least the first 8 digits; null: the newest.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<DatasetVersion> GetAsync(string name, string? version = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.DatasetVersion, [name, version ?? "latest"]), ContractsJson.Default.DatasetVersion, cancel);

    /// <summary>The columns and first rows of a version that is a table.</summary>
    public Task<DatasetPreview> PreviewAsync(string name, string? version = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.DatasetPreview, [name, version ?? "latest"]), ContractsJson.Default.DatasetPreview, cancel);

    private Task<DatasetVersion> PutAsync(string name, string path, Func<HttpContent> body, CancellationToken cancel) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Put, Routes.Fill(Routes.DatasetFile, name, path))
        {
            Body = body,
            ExtraTime = Timeout.InfiniteTimeSpan,
        }, ContractsJson.Default.DatasetVersion, cancel);
}
