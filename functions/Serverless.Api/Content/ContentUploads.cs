using Microsoft.AspNetCore.Http;
using Serverless.Api.Routing;
using Serverless.Core.Artifacts;
using Serverless.Core.Content;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Content;

/// <summary>Bytes by their hash.</summary>
internal sealed class ContentUploads(IArtifactStore store)
{
    /// <summary>Whether they are there.</summary>
    public async Task HeadAsync(ApiCall call, CancellationToken cancel)
    {
        var entry = await store.FindAsync(Place(call), cancel);
        if (entry is not null)
            call.Http.Response.ContentLength = entry.SizeBytes;
        await call.EmptyAsync(entry is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    /// <summary>Takes them when they have that hash. Sent again, they are not written again.</summary>
    public async Task PutAsync(ApiCall call, CancellationToken cancel)
    {
        var place = Place(call);
        if (await store.FindAsync(place, cancel) is not null)
        {
            await call.EmptyAsync();
            return;
        }

        await store.PutAsync(place, call.Http.Request.Body, new PutOptions { Sha256 = call["sha256"], MaxBytes = RouteLimits.FileBytes }, cancel);
        await call.EmptyAsync(StatusCodes.Status201Created);
    }

    private static ArtifactPath Place(ApiCall call) => ContentRules.IsSha256(call["sha256"])
        ? ArtifactPaths.Content(call["sha256"])
        : throw Fail.Invalid("path.sha256", $"{Shown.Quote(call["sha256"])} is no SHA-256.", "Give 64 lower-case hexadecimal digits.");
}
