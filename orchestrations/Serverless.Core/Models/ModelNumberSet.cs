using Serverless.Core.Documents;

namespace Serverless.Core.Models;

/// <summary>The version numbers given, by model.</summary>
public sealed class ModelNumberSet(IDocumentStore store) : DocumentSet<ModelNumbers>(store, "model-numbers", ModelJson.Default.ModelNumbers)
{
    /// <inheritdoc/>
    protected override string IdOf(ModelNumbers record) => record.Name;

    /// <summary>The number of a job's model version: the same however often it asks.</summary>
    public async Task<int> GiveAsync(string model, string jobId, CancellationToken cancel)
    {
        await CreateAsync(new ModelNumbers(model, 0, []), cancel);
        var numbers = await UpdateAsync(model, all => all.Give(jobId), cancel);
        return numbers!.Of(jobId)!.Value;
    }
}
