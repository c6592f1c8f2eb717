using Serverless.Contracts.Values;

namespace Serverless.Core.Studies;

/// <summary>A trial that runs.</summary>
/// <param name="Number">Its number.</param>
/// <param name="JobId">Its job.</param>
public sealed record TrialRun(int Number, string JobId)
{
    /// <summary>The values that it runs with, by name.</summary>
    public IReadOnlyDictionary<string, ScalarValue> Parameters { get; set; } = new Dictionary<string, ScalarValue>();

    /// <summary>The trial whose checkpoint it begins with; null: it begins from nothing.</summary>
    public int? Parent { get; init; }

    /// <summary>The job of that trial.</summary>
    public string? ParentJobId { get; init; }

    /// <summary>Which turn of population-based training it is: one more than its parent's; 1 without one.</summary>
    public int Turn { get; set; } = 1;

    /// <summary>The attempt whose metrics were read last.</summary>
    public int Epoch { get; init; }

    /// <summary>How many bytes of that attempt's metrics were read.</summary>
    public long Offset { get; init; }

    /// <summary>The step that the next value without one gets, for each objective.</summary>
    public IReadOnlyList<int> NextSteps { get; set; } = [];

    /// <summary>Whether it was told to stop.</summary>
    public bool StopAsked { get; init; }

    /// <summary>Whether it was told to stop by the pruner.</summary>
    public bool Pruned { get; init; }
}
