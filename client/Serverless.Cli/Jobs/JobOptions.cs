using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Client.Content;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;

namespace Serverless.Cli.Jobs;

/// <summary>The options that say what a job is, of <c>job run</c> and <c>trigger add</c>.</summary>
internal sealed class JobOptions
{
    private readonly Option<string?> command = CommandBuilder.Option("--command", "COMMAND", "An own program and its first arguments, such as \"python3 train.py\".");
    private readonly Option<string?> code = CommandBuilder.Option("--code", "FOLDER", "The folder that the program runs in a copy of.");
    private readonly Option<string?> algorithm = CommandBuilder.Option("--algorithm", "NAME", "A built-in algorithm, such as logistic-regression.");
    private readonly Option<string?> image = CommandBuilder.Option("--image", "NAME", "A container image to run in: registry/name:tag[@sha256:DIGEST]. Without --command its own entry point runs.");
    private readonly Option<bool> writableRoot = CommandBuilder.Switch("--writable-root", "Lets the program write to the image's own files, not only to the job's folders and /tmp.");
    private readonly Option<string[]> input = CommandBuilder.Several("--input", "CHANNEL=DATA", "A data set: train=digits[@VERSION][:PATH]. In a trigger CHANNEL alone is the data that landed.");
    private readonly Option<string[]> metric = CommandBuilder.Several("--metric", "NAME=REGEX", "How a metric is read from the output: 'loss=loss: ([0-9.]+)'.");
    private readonly Option<string[]> metricTag = CommandBuilder.Several("--metric-tag", "NAME=TAG", "A metric that is a scalar of the program's TensorBoard event files: 'accuracy=eval/accuracy'.");
    private readonly Option<string?> metricEvents = CommandBuilder.Option("--metric-events", "FOLDER", "Where those event files are below the working folder: runs. Default: SERVERLESS_TENSORBOARD_DIR.");
    private readonly Option<string?> model = CommandBuilder.Option("--model", "NAME", "The model that the program writes, in the registry.");
    private readonly Option<string?> modelFile = CommandBuilder.Option("--model-file", "FILE", "The model's file in SERVERLESS_MODEL_DIR. Default: model.onnx.");
    private readonly Option<string[]> gate = CommandBuilder.Several("--gate", "CONDITION", "What must hold before the model is deployed: 'accuracy>=0.93'.");
    private readonly Option<string?> endpoint = CommandBuilder.Option("--endpoint", "NAME", "The endpoint that gets the model.");
    private readonly Option<string?> from = CommandBuilder.Option("--from", "JOB", "The job from whose last checkpoint it goes on.");
    private readonly Option<string?> name = CommandBuilder.Option("--name", "TEXT", "A name for people. Default: from the program.");
    private readonly Option<string?> experiment = CommandBuilder.Option("--experiment", "NAME", "The experiment that it belongs to; its first job makes it.");
    private readonly Option<string[]> variable = CommandBuilder.Several("--env", "NAME=VALUE", "A variable of the program's environment.");
    private readonly Option<string[]> secret = CommandBuilder.Several("--secret", "NAME=REF", "A variable that holds the secret REF of the host's store: 'DB_PASSWORD=db-password'.");
    private readonly Option<string?> network = CommandBuilder.Option("--network", "REACH", "What the program can reach: none or internet. Default: internet.");
    private readonly Option<string?> pool = CommandBuilder.Option("--pool", "NAME", "The pool, or family of pools, that runs it. Default: the cheapest that fits.");
    private readonly Option<string?> size = CommandBuilder.Option("--size", "NAME", "The machine's size, such as Standard_NC4as_T4_v3. Default: the cheapest that fits.");
    private readonly Option<string?> gpu = CommandBuilder.Option("--gpu", "TYPE:COUNT", "GPUs: t4:1, a100:2.");
    private readonly Option<int?> vCpu = CommonOptions.Ranged("--vcpu", "N", "Logical processors at least.", 1, 4_096);
    private readonly Option<string?> memory = CommandBuilder.Option("--memory", "SIZE", "Memory at least: 16GiB.");
    private readonly Option<bool> spot = CommandBuilder.Switch("--spot", "A machine that may be taken away at any time, for less money.");
    private readonly Option<string?> maxCost = CommandBuilder.Option("--max-cost", "AMOUNT", "The most that the job may cost; it is stopped before. Default: no limit of its own.");
    private readonly Option<string?> maxRun = CommandBuilder.Option("--max-run", "TIME", "Longest run: 90s, 15m, 2h, 1d. Default: 1d.");
    private readonly Option<string?> grace = CommandBuilder.Option("--grace", "TIME", "From SIGTERM to the end of all its processes. Default: 30s.");
    private readonly Option<int?> attempts = CommonOptions.Ranged("--attempts", "N", "Starts in all when nodes are lost, 1 to 20. Default: 3.", 1, 20);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Symbols =>
        [command, code, algorithm, image, writableRoot, input, metric, metricTag, metricEvents, model, modelFile, gate, endpoint, from, name, experiment, variable, secret, network, pool, size, gpu, vCpu, memory, spot, maxRun, grace, attempts, maxCost];

    /// <summary>The job that was asked for; its code is uploaded.</summary>
    /// <exception cref="CliException">Something is typed wrongly; every error is said.</exception>
    public async Task<JobSpec> ReadAsync(Invocation run, bool forTrigger)
    {
        var errors = new List<FieldError>();
        var words = run.Get(command) is { } text ? Read("--command", text, ShellWords.Split, errors) : null;
        if (run.Get(image) is null ? run.Get(command) is null == run.Get(algorithm) is null : run.Get(command) is not null && run.Get(algorithm) is not null)
            errors.Add(new FieldError("--command", "Exactly one of --command and --algorithm says what runs, or --image alone.", "Give --command \"python3 train.py\", --algorithm logistic-regression or --image NAME."));
        if (run.Get(writableRoot) && run.Get(image) is null)
            errors.Add(new FieldError("--writable-root", "--writable-root is about an image, and none is named.", "Name it with --image NAME."));
        if (run.Get(model) is null && ((run.Get(gate) ?? []).Length > 0 || run.Get(endpoint) is not null || run.Get(modelFile) is not null))
            errors.Add(new FieldError("--model", "--gate, --endpoint and --model-file are about a model, and none is named.", "Name it with --model NAME."));
        var inputs = ReadAll("--input", run.Get(input), value => JobTexts.Input(value, forTrigger), errors);
        var metrics = ReadAll("--metric", run.Get(metric), JobTexts.Metric, errors);
        var tagged = ReadAll("--metric-tag", run.Get(metricTag), JobTexts.Tagged, errors);
        if (run.Get(metricEvents) is not null && (run.Get(metricTag) ?? []).Length == 0)
            errors.Add(new FieldError("--metric-events", "--metric-events says where event files are, and no scalar of them is named.", "Name one with --metric-tag NAME=TAG."));
        var gates = ReadAll("--gate", run.Get(gate), GateText.Parse, errors);
        var variables = Distinct([.. ReadAll("--env", run.Get(variable), JobTexts.Variable, errors), .. ReadAll("--secret", run.Get(secret), JobTexts.Secret, errors)], errors);
        var reach = run.Get(network) is { } named ? Read("--network", named, JobTexts.Network, errors) : JobNetwork.Internet;
        var resources = ReadResources(run, errors);
        var limits = ReadLimits(run, errors);
        if (errors.Count > 0)
            throw CliException.Usage(errors);

        var folder = run.Get(code) is { } path ? Path.GetFullPath(path, run.Io.Folder) : null;
        return new JobSpec
        {
            Name = run.Get(name),
            Experiment = run.Get(experiment),
            Program = new ProgramSpec
            {
                Command = words,
                Algorithm = run.Get(algorithm),
                Image = run.Get(image),
                WritableRoot = run.Get(writableRoot),
                Code = folder is null ? [] : await UploadAsync(run, folder),
                GitCommit = folder is null ? null : GitCommit.Of(folder),
            },
            Arguments = run.Rest ?? [],
            Environment = variables,
            // A trigger is about the data that lands: without another word its job reads it as 'train'.
            Inputs = forTrigger && inputs.Count == 0 ? [new InputSpec { Channel = "train" }] : inputs,
            Metrics = [.. metrics, .. tagged.Select(each => each with { Events = run.Get(metricEvents) })],
            CheckpointFrom = run.Get(from),
            Network = reach,
            Resources = resources,
            Limits = limits,
            Model = run.Get(model) is { } modelName
                ? new ModelSpec { Name = modelName, File = run.Get(modelFile) ?? "model.onnx", Gate = gates, Endpoint = run.Get(endpoint) }
                : null,
        };
    }

    private ResourceSpec ReadResources(Invocation run, List<FieldError> errors) => new()
    {
        Pool = run.Get(pool),
        Size = run.Get(size),
        Gpu = run.Get(gpu) is { } gpus ? Read("--gpu", gpus, JobTexts.Gpu, errors) : null,
        VCpus = run.Get(vCpu) ?? 0,
        MemoryBytes = run.Get(memory) is { } bytes ? Read("--memory", bytes, JobTexts.Memory, errors) : 0,
        Spot = run.Get(spot),
    };

    private LimitSpec ReadLimits(Invocation run, List<FieldError> errors)
    {
        var limits = new LimitSpec();
        if (run.Get(maxRun) is { } longest)
            limits = limits with { MaxRunSeconds = Read("--max-run", longest, JobTexts.Seconds, errors) };
        if (run.Get(grace) is { } period)
            limits = limits with { GraceSeconds = Read("--grace", period, JobTexts.Seconds, errors) };
        if (run.Get(maxCost) is { } most)
            limits = limits with { MaxCost = Read("--max-cost", most, JobTexts.Amount, errors) };
        return run.Get(attempts) is { } count ? limits with { MaxAttempts = count } : limits;
    }

    private static Dictionary<string, string> Distinct(IReadOnlyList<KeyValuePair<string, string>> variables, List<FieldError> errors)
    {
        var distinct = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variableName, value) in variables)
        {
            if (!distinct.TryAdd(variableName, value))
                errors.Add(new FieldError("--env", $"The variable {SafeText.Quote(variableName)} is given twice.", "Give it once."));
        }

        return distinct;
    }

    private static Task<IReadOnlyList<ContentFile>> UploadAsync(Invocation run, string folder) =>
        run.Output.WhileAsync($"Uploading {folder}", say => run.Client.Content.PutFolderAsync(folder, new DirectProgress<UploadProgress>(done =>
            say($"Uploading {folder}: {done.Files} of {done.TotalFiles} files, {Words.Bytes(done.SentBytes)} sent", isMinor: true)), run.Cancel));

    private static List<T> ReadAll<T>(string option, string[]? values, Func<string, T> parse, List<FieldError> errors)
    {
        var all = new List<T>();
        foreach (var value in values ?? [])
        {
            var before = errors.Count;
            var parsed = Read(option, value, parse, errors);
            if (errors.Count == before)
                all.Add(parsed!);
        }

        return all;
    }

    private static T? Read<T>(string option, string value, Func<string, T> parse, List<FieldError> errors)
    {
        try
        {
            return parse(value);
        }
        catch (FormatException e)
        {
            errors.Add(new FieldError(option, $"{SafeText.Quote(value)} cannot be read.", e.Message));
            return default;
        }
    }
}
