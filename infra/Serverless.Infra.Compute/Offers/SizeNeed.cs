using System.Globalization;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.Offers;

/// <summary>What a job wants of a machine.</summary>
public sealed record SizeNeed
{
    /// <summary>Most GPUs that can be asked for: more than any machine has.</summary>
    public const int MaxGpus = 64;

    /// <summary>The GPUs' type in lower case; null: none are needed (a machine with some still fits).</summary>
    public string? Gpu { get; init; }

    /// <summary>How many GPUs at least.</summary>
    public int GpuCount { get; init; }

    /// <summary>Logical processors at least.</summary>
    public int VCpus { get; init; }

    /// <summary>Memory in bytes at least.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Whether the machine may be taken away.</summary>
    public bool Spot { get; init; }

    /// <summary>Where it shall be.</summary>
    public required string Region { get; init; }

    /// <summary>This need with GPUs as a person writes them: <c>t4:1</c>, or <c>t4</c> for one.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>: not of that form.</exception>
    public SizeNeed WithGpus(string text)
    {
        var parts = text.Split(':');
        var type = parts[0].Trim().ToLowerInvariant();
        var count = 1;
        var isCount = parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count));
        return isCount && count is >= 1 and <= MaxGpus && NameRules.IsName(type)
            ? this with { Gpu = type, GpuCount = count }
            : throw Fail.Invalid("gpu", $"{Shown.Quote(text)} does not say what GPUs are wanted.", $"Write type:count such as 't4:1', with 1 to {MaxGpus} GPUs.");
    }
}
