using Serverless.Benchmarks.Experiments;
using Serverless.Benchmarks.LogisticRegression;
using Serverless.Benchmarks.MainPath;
using Serverless.Benchmarks.Scale;
using Serverless.Benchmarks.Tuning;
using Serverless.Benchmarks.Tuning.Importance;
using Serverless.Benchmarks.Tuning.Fronts;
using Serverless.Benchmarks.Tuning.Overhead;
using Serverless.Benchmarks.Tuning.Populations;
using Serverless.Benchmarks.Tuning.Proposals;
using Serverless.Benchmarks.Tuning.Pruning;
using Serverless.Benchmarks.Workflows;
using Serverless.Inference.Checks;

var benchmarks = new Dictionary<string, (string What, Func<string[], Task<int>> RunAsync)>
{
    ["main-path"] = ("host start, submit to running, the demo, first prediction on an unloaded endpoint", MainPath.RunAsync),
    ["logistic-regression"] = ("logistic regression beside scikit-learn: accuracy, log loss, seconds", LogisticRegressionBenchmark.RunAsync),
    ["workflows"] = ("workflows of five steps on the embedded engine and on Restate", WorkflowEngines.RunAsync),
    ["scale"] = ("what breaks first at 10, 1,000 and 100,000 jobs a day: a simulation on what 'scale measure' counted", ScaleBenchmark.RunAsync),
    ["tuning"] = ("samplers beside Optuna's: the best value after 50, 100 and 200 trials", TuningBenchmark.RunAsync),
    ["pruning"] = ("pruners beside Optuna's: the best whole training after budgets of epochs", PruningBenchmark.RunAsync),
    ["populations"] = ("population-based training beside searches for a constant learning rate, at the same epochs", PopulationBenchmark.RunAsync),
    ["fronts"] = ("several objectives beside Optuna: the volume of the front after 50, 100 and 200 trials", FrontBenchmark.RunAsync),
    ["overhead"] = ("what the platform adds to a trial: 1,000 trials that end at once on 4 local nodes, beside Optuna", TrialOverhead.RunAsync),
    ["proposals"] = ("how long a proposal takes after 1,000 trials, beside Optuna's", ProposalTimes.RunAsync),
    ["experiments"] = ("listing, showing and comparing experiments among many jobs, beside a look at every job", ExperimentListing.RunAsync),
    ["importance"] = ("what matters beside Optuna's evaluators: known parts of the variance, and times", ImportanceBenchmark.RunAsync),
    ["floor"] = ("a Kestrel server that does nothing: the floor for host start (started by the others)", Floor.RunAsync),
};

// A host composed in this process starts itself again to check a model.
if (args is ["check-model", ..])
    return CheckProgram.Run(args.AsSpan(1));

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out var chosen))
    return await chosen.RunAsync(args[1..]);

Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Serverless.Benchmarks -- NAME");
foreach (var (name, (what, _)) in benchmarks)
    Console.Error.WriteLine($"  {name,-24} {what}");
return 2;
