using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Datasets;

/// <summary>Shows what a table looks like, from its first rows alone.</summary>
internal sealed class DatasetPreviews(DatasetQueries datasets, IArtifactStore store)
{
    /// <summary>Query: which file.</summary>
    public const string FileParameter = "file";

    /// <summary>Query: most rows to show.</summary>
    public const string RowsParameter = "rows";

    /// <summary>Rows when nothing else is asked for.</summary>
    public const int DefaultRows = 20;

    /// <summary>Most rows.</summary>
    public const int MaxRows = 100;

    /// <summary>Most bytes of the file that are read: 1 MiB shows what columns there are, however large the table is.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Shows a table.</summary>
    public async Task ShowAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var rows = (int)query.Whole(RowsParameter, DefaultRows, 0, MaxRows);
        var wanted = query.Text(FileParameter);
        query.Done();
        var file = Choose(await datasets.FindAsync(call, cancel), wanted);
        await using var bytes = await store.OpenReadAsync(ArtifactPaths.Content(file.Sha256), new ByteRange(0, MaxBytes), cancel);
        using var text = new StreamReader(bytes);
        var table = CsvSample.Read(await text.ReadToEndAsync(cancel), cut: file.SizeBytes > MaxBytes);
        await call.WriteAsync(table.Preview(file.Path, rows), ContractsJson.Default.DatasetPreview, cancel);
    }

    private static ContentFile Choose(DatasetVersion version, string? wanted)
    {
        if (wanted is not null)
            return version.Files.FirstOrDefault(file => file.Path == wanted)
                ?? throw Fail.NotFound("file", Shown.Quote(wanted)[1..^1], $"Look at the files of data set '{version.Name}'.");
        return version.Files.FirstOrDefault(file => file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
            ?? throw Fail.NotFound("table in data set", version.Name, "Name a file with '?file=…'; only CSV is shown.");
    }
}
