using Microsoft.AspNetCore.Http;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Experiments;

namespace Serverless.Api.Experiments;

/// <summary>Says something of experiments.</summary>
internal sealed class ExperimentCommands(ExperimentQueries experiments, ExperimentChanges changes, ExperimentViews views)
{
    /// <summary>Changes description and tags of one.</summary>
    public async Task ChangeAsync(ApiCall call, CancellationToken cancel)
    {
        var name = await experiments.RequireAsync(call, cancel);
        var change = await call.ReadAsync(ContractsJson.Default.ExperimentChange, cancel);
        await changes.ChangeAsync(name, change, call.Caller.Name, IfMatch(call.Http.Request), cancel);
        await call.WriteAsync(await views.FindAsync(name, cancel) ?? throw await views.MissingAsync(name, cancel), ContractsJson.Default.ExperimentSummary, cancel);
    }

    /// <summary>Adds a note to one.</summary>
    public async Task NoteAsync(ApiCall call, CancellationToken cancel)
    {
        var (name, key) = (await experiments.RequireAsync(call, cancel), IdempotencyKey.Of(call.Http.Request));
        var request = await call.ReadAsync(ContractsJson.Default.ExperimentNoteRequest, cancel);
        var note = await changes.NoteAsync(name, request, call.Caller.Name, key, cancel);
        await call.WriteAsync(ExperimentQueries.View(note), ContractsJson.Default.ExperimentNote, cancel, StatusCodes.Status201Created);
    }

    /// <summary>The ETag that the experiment must still have, in quotes or without; null: none was given.</summary>
    private static string? IfMatch(HttpRequest request)
    {
        var values = request.Headers.IfMatch;
        if (values.Count == 0 || values[0] == "*")
            return null;
        return values.Count == 1 && values[0]!.Trim('"') is { Length: > 0 and <= 128 } eTag
            ? eTag
            : throw Fail.Invalid("header.If-Match", "'If-Match' is empty, given twice, or longer than 128 characters.", "Give the 'eTag' of the experiment as it was read.");
    }
}
