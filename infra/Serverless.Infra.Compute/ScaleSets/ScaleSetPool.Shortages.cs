using System.Collections.Concurrent;
using Azure;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.Quotas;

namespace Serverless.Infra.Compute.ScaleSets;

public sealed partial class ScaleSetPool
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ArmFailure Failure)> refused = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel)
    {
        var template = Find(pool);
        List<ComputeShortage> shortages = [];
        if (refused.TryGetValue(pool, out var last) && clock.GetUtcNow() - last.At < options.RefusalHolds)
            shortages.Add(Refused(template, last.At, last.Failure));
        try
        {
            var each = SizeOf(template)?.VCpus ?? 1;
            shortages.AddRange(ShortageRule.Of(template.Size, each, template.Spot, template.Region, options.SubscriptionId, await regions.ReadAsync(template.Region, options.RegionPatience, cancel)));
        }
        catch (RequestFailedException failed)
        {
            LogNotSaid(template.Region, ArmFailure.Read(failed).Text);
        }
        catch (TimeoutException)
        {
            LogNotSaid(template.Region, FormattableString.Invariant($"no answer within {options.RegionPatience.TotalSeconds:0.#} s"));
        }

        return shortages;
    }

    /// <summary>Azure was asked for a machine a while ago and had none: it may have one by now.</summary>
    private static ComputeShortage Refused(ScaleSetTemplate template, DateTimeOffset at, ArmFailure failure) => new(
        failure.Kind == ArmFailureKind.Quota ? ProblemCodes.NoQuota : ProblemCodes.NoCapacity,
        true,
        FormattableString.Invariant($"{template.Region} gave no {template.Size} at {at.UtcDateTime:HH:mm}Z ({failure.Code})."),
        "It is tried again while a job waits; another size, another region, or machines that are not spot may come sooner.");
}
