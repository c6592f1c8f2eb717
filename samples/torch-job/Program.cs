// A job in C# with TorchSharp: a small network with a residual connection learns to tell classes from columns of numbers, and is exported as ONNX.
// Try it by hand:  SERVERLESS_INPUT_TRAIN=folder-with-csv dotnet run -- --target label --epochs 20
using System.Globalization;
using Serverless.Jobs.Hosting;
using Serverless.Torch.Children;
using TorchSharp;
using static TorchSharp.torch;

return await JobHost.RunAsync(args, async job =>
{
    var target = job.Arguments.Text("target", "label");
    var epochs = job.Arguments.Integer("epochs", 20, low: 1, high: 100_000);
    var batch = job.Arguments.Integer("batch", 64, low: 1, high: 65_536);
    var rate = job.Arguments.Number("rate", 1e-3, low: 1e-7, high: 1);
    var hidden = job.Arguments.Integer("hidden", 128, low: 1, high: 65_536);
    job.Arguments.ThrowIfWrong();

    var device = cuda.is_available() ? CUDA : CPU;
    var (features, labels, classes) = Read(job.InputFolder("train"), target);
    Console.WriteLine($"{features.shape[0]} rows, {features.shape[1]} columns, {classes.Length} classes, on {device.type}.");
    // Every fifth row is put aside: accuracy is measured on rows that the network does not learn from.
    using var aside = tensor(Enumerable.Range(0, (int)features.shape[0]).Where(row => row % 5 == 0).Select(row => (long)row).ToArray());
    using var learnt = tensor(Enumerable.Range(0, (int)features.shape[0]).Where(row => row % 5 != 0).Select(row => (long)row).ToArray());
    var (heldFeatures, heldLabels) = (features.index_select(0, aside).to(device), labels.index_select(0, aside).to(device));
    (features, labels) = (features.index_select(0, learnt).to(device), labels.index_select(0, learnt).to(device));

    random.manual_seed(1);
    using var net = new Net(features.shape[1], hidden, classes.Length);
    net.to(device);
    using var optimizer = optim.Adam(net.parameters(), rate);
    var loss = nn.CrossEntropyLoss();

    // Go on from the last checkpoint: weights, the optimizer's state, and the epoch, committed together.
    var epoch = 0;
    if (job.TryFindCheckpoint("epoch.txt", out var at) && job.TryFindCheckpoint("net.bin", out var weights) && job.TryFindCheckpoint("optimizer.bin", out var state))
    {
        epoch = int.Parse(File.ReadAllText(at), CultureInfo.InvariantCulture);
        net.load(weights);
        optimizer.load_state_dict(state);
    }

    for (; epoch < epochs; epoch++)
    {
        job.Stopping.ThrowIfCancellationRequested(); // what was committed last is what a later run goes on from
        net.train();
        using var order = randperm(features.shape[0], generator: new Generator((ulong)epoch), device: CPU).to(device);
        var sum = 0.0;
        for (var first = 0L; first < features.shape[0]; first += batch)
        {
            using var scope = NewDisposeScope();
            var rows = order.slice(0, first, Math.Min(first + batch, features.shape[0]), 1);
            optimizer.zero_grad();
            var value = loss.forward(net.forward(features.index_select(0, rows)), labels.index_select(0, rows));
            value.backward();
            nn.utils.clip_grad_norm_(net.parameters(), 1.0);
            optimizer.step();
            sum += value.ToDouble() * rows.shape[0];
        }

        job.Report("loss", sum / features.shape[0], epoch);
        job.Report("accuracy", Accuracy(net, heldFeatures, heldLabels), epoch);
        job.SaveCheckpoint(files =>
        {
            files.Write("net.bin", stream => net.save(stream));
            files.Write("optimizer.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                optimizer.save_state_dict(writer);
            });
            files.Write("epoch.txt", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes((epoch + 1).ToString(CultureInfo.InvariantCulture))));
        });
    }

    // The model takes [batch, columns] and gives logits. It runs in ONNX Runtime beside the network before it is written; when the two do not agree, the job fails. All of that is done in a
    // process of its own, which builds the network anew: should it crash, the checkpoint is there, and this program, run again, goes straight to the export.
    net.to(CPU);
    var recipe = new NetRecipe(features.shape[1], hidden, classes.Length);
    var export = await ApartExporter.ExportAsync(net, recipe, [features.slice(0, 0, 2, 1).cpu()], Path.Combine(job.ModelFolder, "model.onnx"), cancel: job.Stopping);
    Console.WriteLine($"The model is written; over {export.Parity.Deviations.Count} runs it is at most {export.Parity.Largest:0.0E+00} away from the network.");
});

static double Accuracy(Net net, Tensor features, Tensor labels)
{
    net.eval();
    using var scope = NewDisposeScope();
    using var quiet = no_grad();
    return net.forward(features).argmax(1).eq(labels).to(ScalarType.Float32).mean().ToDouble();
}

static (Tensor Features, Tensor Labels, string[] Classes) Read(string folder, string target)
{
    var lines = Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .SelectMany((file, index) => File.ReadLines(file).Skip(index == 0 ? 0 : 1)).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
    if (lines.Length < 2)
        throw new InvalidDataException($"There is no .csv with rows in '{folder}'. Put a table into the data set.");
    var label = Array.IndexOf(lines[0], target);
    if (label < 0)
        throw new InvalidDataException($"There is no column '{target}'. The columns are: {string.Join(", ", lines[0])}. Give --target one of them.");
    var classes = lines.Skip(1).Select(line => line[label]).Distinct().Order(StringComparer.Ordinal).ToArray();
    var numbers = lines.Skip(1).SelectMany(line => line.Where((_, column) => column != label).Select(text => float.Parse(text, CultureInfo.InvariantCulture))).ToArray();
    var features = tensor(numbers).reshape(lines.Length - 1, lines[0].Length - 1);
    return (features, tensor(lines.Skip(1).Select(line => (long)Array.IndexOf(classes, line[label])).ToArray()), classes);
}

/// <summary>How the process that exports builds the network again; its weights come from this one.</summary>
internal sealed record NetRecipe(long Columns, long Hidden, long Classes) : IModuleRecipe
{
    public nn.Module Build() => new Net(Columns, Hidden, Classes);
}

/// <summary>The network: write your own <c>forward</c> as you like; the exporter records what it computes.</summary>
internal sealed class Net : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.BatchNorm1d scale;
    private readonly TorchSharp.Modules.Linear first, second, last;

    public Net(long columns, long hidden, long classes)
        : base(nameof(Net))
    {
        scale = nn.BatchNorm1d(columns);
        first = nn.Linear(columns, hidden);
        second = nn.Linear(hidden, hidden);
        last = nn.Linear(hidden, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var early = nn.functional.relu(first.forward(scale.forward(input)));
        return last.forward(early + nn.functional.relu(second.forward(early)));
    }
}
