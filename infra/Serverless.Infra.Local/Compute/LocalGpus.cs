namespace Serverless.Infra.Local.Compute;

/// <summary>The GPUs of this machine, by type as jobs ask for them.</summary>
internal static class LocalGpus
{
    private const int MaxGpus = 64;
    private static readonly string[] Makers = ["nvidia", "tesla", "geforce", "quadro"];

    /// <summary>Reads the driver's folder; none when there is no driver, or it does not say.</summary>
    public static IReadOnlyList<string> Read(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Take(MaxGpus).Select(Model).OfType<string>().Select(Type)]
                : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The type of a model: <c>Tesla T4</c> is <c>t4</c>, <c>NVIDIA A100-SXM4-80GB</c> is <c>a100</c>, <c>NVIDIA GeForce RTX 4090</c> is <c>rtx4090</c>.</summary>
    public static string Type(string model)
    {
        var words = model.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).SkipWhile(Makers.Contains).ToList();
        return words.Count == 0 ? "gpu" : words.Count > 1 && words[0] is "rtx" or "gtx" ? words[0] + words[1] : words[0];
    }

    private static string? Model(string folder) =>
        File.ReadLines(Path.Combine(folder, "information"))
            .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
            .Select(line => line["Model:".Length..].Trim())
            .FirstOrDefault();
}
