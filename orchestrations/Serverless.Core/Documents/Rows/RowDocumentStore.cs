using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Ids;

namespace Serverless.Core.Documents.Rows;

/// <summary>
/// Documents on a row store that knows no queries but a range of keys, and no transactions beyond a partition. The head row decides: it is written under its ETag, after the index
/// rows that find it and before those are removed that no longer do. See <c>docs/mechanisms/azure-storage.md</c>.
/// </summary>
/// <param name="rows">Where the rows are.</param>
/// <param name="ids">Makes the marks of writes.</param>
/// <param name="clock">Dates documents and orders them by creation.</param>
public sealed partial class RowDocumentStore(IRowStore rows, IIdSource ids, TimeProvider clock) : IDocumentStore
{
    /// <summary>How often a write is begun anew when others change the same document: each time one of them has got on.</summary>
    private const int Tries = 50;

    private readonly CreationClock creation = new(clock);

    /// <inheritdoc/>
    public async Task<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancel)
    {
        DocumentRules.Check(key);
        return await HeadAsync(key, cancel) is { } head ? await DocumentAsync(head, cancel) : null;
    }

    /// <inheritdoc/>
    public async Task<StoredDocument?> PutAsync(DocumentKey key, DocumentBody body, DocumentCondition condition, CancellationToken cancel)
    {
        DocumentRules.Check(key, body);
        var bytes = Encoding.UTF8.GetBytes(body.Json);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var old = await HeadAsync(key, cancel);
            if (!Holds(condition, old))
                return null;
            var plan = WritePlan.Of(key, body, bytes, old, ids.Next("w"), clock.GetUtcNow(), creation);
            foreach (var chunk in plan.IndexRows.Chunk(RowRules.MaxChanges))
                await rows.ApplyAsync(IndexRows.Partition(key.Kind), [.. chunk.Select(row => new RowChange.Put(row))], cancel);

            // A call that was answered too late may have been made twice, and then says that it failed; the mark says whether the first one did not.
            var done = await rows.ApplyAsync(DocumentHead.Partition(key), plan.Changes, cancel) || (await HeadAsync(key, cancel))?.Mark == plan.Head.Mark;
            await TidyAsync(key.Kind, done ? plan.Obsolete : plan.IndexRows.Select(row => row.Key), cancel);
            if (done)
                return plan.Head.ToDocument(body.Json);
        }

        throw TooBusy(key);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(DocumentKey key, DocumentCondition condition, CancellationToken cancel)
    {
        DocumentRules.Check(key);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var old = await HeadAsync(key, cancel);
            if (old is null || !Holds(condition, old))
                return false;
            if (!await rows.ApplyAsync(DocumentHead.Partition(key), WritePlan.Deletes(old), cancel))
                continue;
            await TidyAsync(key.Kind, IndexRows.OfName(old).Concat(IndexRows.OfSummary(old)).Select(row => row.Key), cancel);
            return true;
        }

        throw TooBusy(key);
    }

    private async Task<DocumentHead?> HeadAsync(DocumentKey key, CancellationToken cancel) =>
        await rows.GetAsync(DocumentHead.Partition(key), DocumentHead.HeadKey, cancel) is { } row ? DocumentHead.Read(row) : null;

    /// <summary>The document of a head; null when it was deleted before its parts were read.</summary>
    private async Task<StoredDocument?> DocumentAsync(DocumentHead head, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await BodyAsync(head, cancel) is { } json)
                return head.ToDocument(json);
            if (await HeadAsync(head.Key, cancel) is not { } next)
                return null;
            head = next;
        }

        throw TooBusy(head.Key);
    }

    private async Task<string?> BodyAsync(DocumentHead head, CancellationToken cancel)
    {
        if (head.Parts == 0)
            return Encoding.UTF8.GetString(RowRules.Join(head.Pieces));
        var pieces = new List<byte[]>();
        for (var part = 0; part < head.Parts; part++)
        {
            if (await rows.GetAsync(DocumentHead.Partition(head.Key), DocumentHead.PartKey(head.Mark, part), cancel) is not { } row)
                return null;
            pieces.AddRange(row.Pieces);
        }

        return Encoding.UTF8.GetString(RowRules.Join(pieces));
    }

    /// <summary>Removes index rows that find nothing any more. One that cannot be removed now does no harm and is removed by a query later, so a failure is no failure of the write.</summary>
    private async Task TidyAsync(string kind, IEnumerable<string> keys, CancellationToken cancel)
    {
        try
        {
            foreach (var chunk in keys.Chunk(RowRules.MaxChanges))
            {
                if (await rows.ApplyAsync(IndexRows.Partition(kind), [.. chunk.Select(key => new RowChange.Delete(key))], cancel))
                    continue;
                foreach (var key in chunk)
                    await rows.ApplyAsync(IndexRows.Partition(kind), [new RowChange.Delete(key)], cancel);
            }
        }
        catch (Exception failed) when (failed is ServerlessException or OperationCanceledException)
        {
            // The document is written; see above.
        }
    }

    private static bool Holds(DocumentCondition condition, DocumentHead? there) =>
        condition.IsAbsent ? there is null : condition.ETag is null || there?.Mark == condition.ETag;

    private static ServerlessException TooBusy(DocumentKey key) => new(
        ProblemCodes.Unavailable, $"The {key.Kind} '{key.Id}' was changed by others {Tries} times while it was read or written.", "Try again.", retryable: true);
}
