namespace Serverless.Benchmarks.Workflows;

/// <summary>The embedded engine beside Restate: workflows of five sequential durable steps.</summary>
internal static class WorkflowEngines
{
    private static readonly int[] Levels = [1, 16, 64];
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    /// <summary>Runs both and prints a table and the ratios.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"Measured on {Built.Machine}.");
        Console.WriteLine();
        Console.WriteLine("| engine | in flight | workflows/s | steps/s | p50 ms | p99 ms |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        var ours = await FiveSteps.MeasureAsync(Levels, Time);
        foreach (var load in ours)
            Console.WriteLine(load.Row("Serverless.Durable"));
        var theirs = await RestatePeer.MeasureAsync(Levels, Time);
        foreach (var load in theirs)
            Console.WriteLine(load.Row(RestatePeer.Version));
        Console.WriteLine();
        foreach (var (our, their) in ours.Zip(theirs))
            Console.WriteLine(FormattableString.Invariant($"At {our.InFlight} in flight: {our.PerSecond / their.PerSecond:0.0} × the workflows a second, {our.P50 / their.P50:0.00} × the median time."));
        return 0;
    }
}
