using System.Text.Json;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Infra.Compute.Offers;

/// <summary>Reads the price file: a JSON array of <see cref="AzureSize"/>.</summary>
public static class PriceFile
{
    /// <summary>Most bytes that are read.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>The file that is part of this assembly.</summary>
    public static IReadOnlyList<AzureSize> Embedded()
    {
        using var file = typeof(PriceFile).Assembly.GetManifestResourceStream("azure-sizes.json")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Parse(bytes);
    }

    /// <summary>Reads a price file's content.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>, with the first thing that is wrong.</exception>
    public static IReadOnlyList<AzureSize> Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
            throw Wrong($"It has {json.Length} bytes; the limit is {MaxBytes}.");
        List<AzureSize> sizes;
        try
        {
            sizes = JsonSerializer.Deserialize(json, PriceJson.Default.ListAzureSize) ?? [];
        }
        catch (JsonException failed)
        {
            throw Wrong(failed.Message);
        }

        var seen = new HashSet<(string, string)>();
        foreach (var size in sizes)
        {
            if (Error(size) is { } error)
                throw Wrong($"The size {Shown.Quote(size.Size ?? "")} {error}");
            if (!seen.Add((size.Size!, size.Region)))
                throw Wrong($"The size {Shown.Quote(size.Size!)} is in it twice for the region {Shown.Quote(size.Region)}.");
        }

        return sizes;
    }

    private static string? Error(AzureSize size) => size switch
    {
        { Size: null or "" } or { Region: null or "" } or { Source: null or "" } => "has no name, no region or no source.",
        { VCpus: < 1 } => $"has {size.VCpus} vCPUs.",
        { MemoryGiB: not (> 0 and < 1 << 20) } => $"has {size.MemoryGiB} GiB of memory.",
        { GpuCount: < 0 } => $"has {size.GpuCount} GPUs.",
        { PricePerHour: <= 0 } or { SpotPricePerHour: <= 0 } => "has a price that is not above 0.",
        { Currency.Length: not 3 } => "has no currency of three letters.",
        _ when (size.Gpu is null) != (size.GpuCount == 0) => "says either what GPUs it has or how many, and not the other.",
        _ => null,
    };

    private static ServerlessException Wrong(string what) =>
        Fail.Invalid("prices", $"The price file cannot be used. {what}", "Correct it; its members are those of AzureSize, prices are per hour.");
}
