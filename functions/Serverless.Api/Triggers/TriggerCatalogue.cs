using Microsoft.AspNetCore.Http;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Triggers;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Triggers;

namespace Serverless.Api.Triggers;

/// <summary>Makes, shows and deletes triggers.</summary>
internal sealed class TriggerCatalogue(TriggerSet triggers, FiringSet firings, TimeProvider clock)
{
    /// <summary>Up to how many firings are counted.</summary>
    private const int MaxCounted = 1_000;

    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var (records, next) = await triggers.QueryAsync(null, null, limit, after, cancel);
        var rows = new List<Trigger>(records.Count);
        foreach (var record in records)
            rows.Add(await ViewAsync(record, cancel));
        await call.WriteAsync(new Page<Trigger>(rows, next), ContractsJson.Default.TriggerPage, cancel);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel)
    {
        var record = NameRules.IsName(call["name"]) ? await triggers.FindAsync(call["name"], cancel) : null;
        await call.WriteAsync(await ViewAsync(record ?? throw Missing(call), cancel), ContractsJson.Default.Trigger, cancel);
    }

    /// <summary>Makes or changes one. It keeps the time when it was made: data that landed since then still counts.</summary>
    public async Task PutAsync(ApiCall call, CancellationToken cancel)
    {
        var (name, spec) = (call["name"], await call.ReadAsync(ContractsJson.Default.TriggerSpec, cancel));
        if (TriggerValidation.Check(name, spec) is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        var made = new TriggerRecord(name, spec, clock.GetUtcNow());
        if (await triggers.CreateAsync(made, cancel))
        {
            await call.WriteAsync(await ViewAsync(made, cancel), ContractsJson.Default.Trigger, cancel, StatusCodes.Status201Created);
            return;
        }

        var changed = await triggers.UpdateAsync(name, record => record with { Spec = spec }, cancel) ?? throw Missing(call);
        await call.WriteAsync(await ViewAsync(changed, cancel), ContractsJson.Default.Trigger, cancel);
    }

    /// <summary>Deletes one.</summary>
    public async Task DeleteAsync(ApiCall call, CancellationToken cancel)
    {
        if (!NameRules.IsName(call["name"]) || !await triggers.DeleteAsync(call["name"], cancel))
            throw Missing(call);
        await call.EmptyAsync();
    }

    private async Task<Trigger> ViewAsync(TriggerRecord record, CancellationToken cancel)
    {
        var (fired, _) = await firings.QueryAsync(new Dictionary<string, string> { ["trigger"] = record.Name }, null, MaxCounted, null, cancel);
        return new Trigger
        {
            Name = record.Name,
            Spec = record.Spec,
            CreatedAt = record.CreatedAt,
            Firings = fired.Count,
            LastJobId = fired.Count == 0 ? null : fired[0].JobId,
        };
    }

    private static ServerlessException Missing(ApiCall call) => Fail.NotFound("trigger", Shown.Quote(call["name"])[1..^1], "List the triggers to find its name.");
}
