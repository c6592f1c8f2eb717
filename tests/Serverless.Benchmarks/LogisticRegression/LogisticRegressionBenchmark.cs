using System.Diagnostics;
using System.Globalization;
using Serverless.Algorithms;
using Serverless.Jobs;
using Serverless.TestKit;

namespace Serverless.Benchmarks.LogisticRegression;

/// <summary>
/// Logistic regression beside scikit-learn with the same preprocessing, on the same splits of the same files, in one go: accuracy, log loss, and seconds from the
/// files to the fitted model, of a whole process and of a second run in a process.
/// </summary>
internal static class LogisticRegressionBenchmark
{
    private const string AdultColumns = "age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,capital_loss,hours_per_week,native_country,income";
    private const int Splits = 5;
    private const int Runs = 5;

    public static Task<int> RunAsync(string[] args)
    {
        var python = Needs.Python("sklearn", "sklearn");
        Console.WriteLine("| data | rows | splits | accuracy ours | sklearn | log loss ours | sklearn | process ours s | sklearn s | ratio | warm ours s | sklearn fit s | ratio |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        Compare(python, "digits", Path.Combine(Needs.RepositoryRoot(), "samples/digits.csv"), "label");
        Compare(python, "penguins", Needs.SharedData("penguins.csv"), "species");
        Compare(python, "titanic", Needs.SharedData("titanic.csv"), "survived", "alive");
        Compare(python, "adult", Needs.SharedData("adult-train.csv"), "income", header: AdultColumns, testFile: Needs.SharedData("adult-test.csv"));
        return Task.FromResult(0);
    }

    private static void Compare(string python, string name, string file, string target, string ignore = "", string? header = null, string? testFile = null)
    {
        var lines = File.ReadAllLines(file).Where(line => line.Length > 0).ToList();
        header ??= lines[0];
        var rows = header == lines[0] ? lines[1..] : lines;
        double[] sums = new double[4];
        Figures process = new("ours"), peerProcess = new("sklearn"), warm = new("ours warm"), peerWarm = new("sklearn warm");
        var splits = testFile is null ? Splits : 1;
        for (var split = 0; split < splits; split++)
        {
            using var folder = new TempFolder();
            Write(folder, header, rows, testFile, split);
            string[] arguments = ["logistic-regression", "--target", target, "--ignore", ignore, "--test-file", "test.csv"];
            for (var run = 0; run < Math.Max(1, Runs / splits); run++)
            {
                process.Add(Seconds(() => Ours(folder, arguments)));
                peerProcess.Add(Seconds(() => Peer(python, folder, target, ignore)));
            }

            var scores = InProcess(folder, arguments);
            warm.Add(Seconds(() => scores = InProcess(folder, arguments)));
            var peer = Peer(python, folder, target, ignore, "twice").Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            peerWarm.Add(peer[3]);
            foreach (var (i, value) in new[] { scores.Accuracy, peer[0], scores.LogLoss, peer[1] }.Index())
                sums[i] += value / splits;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {rows.Count} | {splits} | {sums[0]:0.0000} | {sums[1]:0.0000} | {sums[2]:0.0000} | {sums[3]:0.0000} | {process.Median:0.00} | {peerProcess.Median:0.00} | {peerProcess.Median / process.Median:0.0}× | {warm.Median:0.000} | {peerWarm.Median:0.000} | {peerWarm.Median / warm.Median:0.0}× |"));
    }

    private static void Write(TempFolder folder, string header, List<string> rows, string? testFile, int split)
    {
        Directory.CreateDirectory(folder["train"]);
        var shuffled = rows.ToArray();
        new Random(split).Shuffle(shuffled);
        var held = testFile is null ? shuffled.Length / 4 : 0;
        File.WriteAllLines(folder["train/train.csv"], [header, .. testFile is null ? shuffled.Skip(held) : rows]);
        File.WriteAllLines(folder["train/test.csv"], [header, .. testFile is null ? shuffled[..held] : File.ReadAllLines(testFile).Where(line => line.Length > 0).Select(line => line.TrimEnd('.'))]);
    }

    private static void Ours(TempFolder folder, string[] arguments) =>
        Run(new(Path.Combine(AppContext.BaseDirectory, "Serverless.Algorithms"), arguments)
        {
            Environment = { [JobVariables.Input("train")] = folder["train"], [JobVariables.ModelFolder] = folder["model"] },
        });

    private static string Peer(string python, TempFolder folder, string target, string ignore, params string[] more) =>
        Run(new(python, [Path.Combine(Needs.RepositoryRoot(), "tests/Serverless.Benchmarks/LogisticRegression/sklearn_peer.py"), folder["train/train.csv"], folder["train/test.csv"], target, ignore, .. more])
        {
            Environment = { ["OMP_NUM_THREADS"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture) },
        });

    private static (double Accuracy, double LogLoss) InProcess(TempFolder folder, string[] arguments)
    {
        using var job = new JobEnvironment(new Dictionary<string, string> { [JobVariables.Input("train")] = folder["train"], [JobVariables.ModelFolder] = folder["model"] });
        using var output = new StringWriter();
        if (AlgorithmProgram.Run(arguments, job, output, Console.Error) != 0)
            throw new InvalidOperationException("The training failed; see above.");
        return (Metric(output, "accuracy"), Metric(output, "log_loss"));
    }

    private static double Metric(StringWriter output, string name) =>
        double.Parse(output.ToString().Split('\n').Last(line => line.StartsWith(name + " = ", StringComparison.Ordinal))[(name.Length + 3)..], CultureInfo.InvariantCulture);

    private static double Seconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    private static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{start.FileName}' ended with {process.ExitCode}.");
    }
}
