namespace Serverless.Benchmarks.MainPath;

/// <summary>The times of the main path as a person meets them.</summary>
internal static class MainPath
{
    private const int Runs = 10;

    /// <summary>Runs all parts and prints a table.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"Measured on {Built.Machine}.");
        Console.WriteLine();
        Console.WriteLine("| what | min | median | max | runs |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        var start = await PrintAsync(HostStart.RunAsync(Runs));
        await PrintAsync(DemoRuns.RunAsync(Runs / 2));
        var first = await PrintAsync(FirstPrediction.RunAsync(Runs));
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"Host start is {start[0].Median / start[2].Median:0.00} × an empty Kestrel server, {start[0].Median / start[3].Median:0.00} × an empty Node.js server."));
        Console.WriteLine(FormattableString.Invariant($"A first prediction is {first[0].Median / first[2].Median:0.00} × what onnxruntime-node takes to load and run the model without HTTP."));
        return 0;
    }

    private static async Task<IReadOnlyList<Figures>> PrintAsync(Task<IReadOnlyList<Figures>> measured)
    {
        var figures = await measured;
        foreach (var figure in figures)
            Console.WriteLine(figure.Row());
        return figures;
    }
}
