using Serverless.Contracts.Jobs;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for what a job wants of its machine. Whether there is such a machine is found out when one is chosen.</summary>
internal static class ResourceRules
{
    private const int MaxSizeLength = 64;

    public static void Check(ResourceSpec resources, FieldErrors errors)
    {
        if (resources.Pool is { } pool)
            errors.AddRange(NameRules.Check(pool, errors.At("resources.pool"), "pool"));
        if (resources.Size is { } size && !(size.Length is > 0 and <= MaxSizeLength && size.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')))
            errors.Add("resources.size", $"{Shown.Quote(size)} is not a size's name.", "Use the provider's name, such as 'Standard_NC4as_T4_v3'; 'serverless pool list' has those that there are.");
        if (resources.Gpu is { } gpu)
        {
            if (gpu.Type is not { Length: > 0 and <= MaxSizeLength } || !gpu.Type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                errors.Add("resources.gpu.type", $"{Shown.Quote(gpu.Type ?? "")} is not a type of GPU.", "Use lower-case letters and digits, such as 't4' or 'a100'.");
            errors.Range("resources.gpu.count", gpu.Count, 1, JobLimits.Gpus, "GPUs");
        }

        errors.Range("resources.vCpus", resources.VCpus, 0, JobLimits.VCpus, "vCPUs");
        if (resources.MemoryBytes is < 0 or > JobLimits.MemoryBytes)
            errors.Add("resources.memoryBytes", $"{resources.MemoryBytes} bytes of memory are outside 0 to {JobLimits.MemoryBytes}.", $"Give 0 to {JobLimits.MemoryBytes}.");
    }
}
