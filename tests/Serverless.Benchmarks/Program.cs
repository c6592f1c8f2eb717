using Serverless.Benchmarks.LogisticRegression;
using Serverless.Benchmarks.MainPath;
using Serverless.Benchmarks.Workflows;

var benchmarks = new Dictionary<string, (string What, Func<string[], Task<int>> RunAsync)>
{
    ["main-path"] = ("host start, submit to running, the demo, first prediction on an unloaded endpoint", MainPath.RunAsync),
    ["logistic-regression"] = ("logistic regression beside scikit-learn: accuracy, log loss, seconds", LogisticRegressionBenchmark.RunAsync),
    ["workflows"] = ("workflows of five steps on the embedded engine and on Restate", WorkflowEngines.RunAsync),
    ["floor"] = ("a Kestrel server that does nothing: the floor for host start (started by the others)", Floor.RunAsync),
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out var chosen))
    return await chosen.RunAsync(args[1..]);

Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Serverless.Benchmarks -- NAME");
foreach (var (name, (what, _)) in benchmarks)
    Console.Error.WriteLine($"  {name,-24} {what}");
return 2;
