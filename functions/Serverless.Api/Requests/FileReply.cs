using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Requests;

/// <summary>Answers with the bytes of an artifact, or with a range of them. A browser stores what comes; it never runs or shows it.</summary>
internal static class FileReply
{
    /// <summary>Writes the answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="store">Where the bytes are.</param>
    /// <param name="path">Which.</param>
    /// <param name="fileName">The name under which a browser stores them.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="ServerlessException"><c>not_found</c>, <c>range_invalid</c>.</exception>
    public static async Task WriteAsync(ApiCall call, IArtifactStore store, ArtifactPath path, string fileName, CancellationToken cancel)
    {
        var entry = await store.FindAsync(path, cancel) ?? throw Fail.NotFound("file", fileName, "List the files to see what there is.");
        var response = call.Http.Response;
        var (offset, length) = Range(call.Http.Request, entry.SizeBytes);
        await using var bytes = await store.OpenReadAsync(path, new ByteRange(offset, length), cancel);
        response.StatusCode = length == entry.SizeBytes ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        if (response.StatusCode == StatusCodes.Status206PartialContent)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + length - 1}/{entry.SizeBytes}");
        response.ContentType = "application/octet-stream";
        response.ContentLength = length;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.ContentDisposition = Disposition(fileName);
        await bytes.CopyToAsync(response.Body, cancel);
    }

    private static (long Offset, long Length) Range(HttpRequest request, long size)
    {
        var header = request.Headers.Range;
        if (header.Count != 1 || !RangeHeaderValue.TryParse(header[0], out var range) || range.Unit != "bytes" || range.Ranges.Count != 1)
            return (0, size);
        var wanted = range.Ranges.First();
        var first = wanted.From ?? Math.Max(0, size - wanted.To!.Value);
        var last = wanted.From is null ? size - 1 : Math.Min(wanted.To ?? (size - 1), size - 1);
        if (first >= size || last < first)
            throw new ServerlessException(ProblemCodes.RangeInvalid, $"The range {Shown.Quote(header[0]!)} is not in the file, which has {size} bytes.", "Ask for bytes that are there.");
        return (first, last - first + 1);
    }

    private static string Disposition(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName[(fileName.LastIndexOf('/') + 1)..]);
        return disposition.ToString();
    }
}
