// A job in C#: learns to tell one column of a table from the others by gradient descent, and writes the model as ONNX.
// Try it by hand:  SERVERLESS_INPUT_TRAIN=folder-with-csv dotnet run -- --target y --epochs 300
using System.Globalization;
using Serverless.Jobs.Checkpoints;
using Serverless.Jobs.Hosting;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Writing;

return await JobHost.RunAsync(args, job =>
{
    var target = job.Arguments.Text("target", "y");
    var epochs = job.Arguments.Integer("epochs", 300, low: 1, high: 1_000_000);
    var rate = job.Arguments.Number("rate", 0.1, low: 1e-6, high: 10);
    job.Arguments.ThrowIfWrong();

    // The data: every .csv of the input "train", columns of numbers under a header. Each column is brought to mean 0 and spread 1.
    var (columns, rows) = Read(job.InputFolder("train"));
    var y = Array.IndexOf(columns, target);
    if (y < 0)
        throw new InvalidDataException($"There is no column '{target}'. The columns are: {string.Join(", ", columns)}. Give --target one of them.");
    var mean = columns.Select((_, c) => rows.Average(row => row[c])).ToArray();
    var spread = columns.Select((_, c) => Math.Max(1e-9, Math.Sqrt(rows.Average(row => (row[c] - mean[c]) * (row[c] - mean[c]))))).ToArray();
    int[] features = [.. Enumerable.Range(0, columns.Length).Where(c => c != y)];

    // Go on from the last checkpoint, if there is one: all that training knows is the epoch and the weights (the last is the intercept).
    var (epoch, weights) = (0, new double[features.Length + 1]);
    if (job.TryFindCheckpoint("state.csv", out var saved))
    {
        var numbers = File.ReadAllText(saved).Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Length == weights.Length + 1)
            (epoch, weights) = ((int)numbers[0], numbers[1..]);
    }

    // When the platform wants the machine back, this is saved before the program ends; and at the end, so that another job can go on from here. Epoch and weights change together, below.
    var state = (epoch, weights);
    void Save(CheckpointFiles files) => files.Write("state.csv", stream => stream.Write(
        System.Text.Encoding.UTF8.GetBytes(string.Join(',', new double[] { state.epoch }.Concat(state.weights).Select(value => value.ToString("R", CultureInfo.InvariantCulture))))));
    job.SaveWhenStopped(Save);

    while (epoch < epochs)
    {
        job.Stopping.ThrowIfCancellationRequested();
        var gradient = new double[weights.Length];
        var loss = 0.0;
        foreach (var row in rows)
        {
            var told = weights[^1];
            for (var i = 0; i < features.Length; i++)
                told += weights[i] * Scaled(row, features[i]);
            var error = told - Scaled(row, y);
            loss += error * error / rows.Count;
            for (var i = 0; i < features.Length; i++)
                gradient[i] += 2 * error * Scaled(row, features[i]) / rows.Count;
            gradient[^1] += 2 * error / rows.Count;
        }

        weights = [.. weights.Zip(gradient, (weight, slope) => weight - rate * slope)];
        epoch++;
        state = (epoch, weights);
        job.Report("loss", loss, epoch);
    }

    job.SaveCheckpoint(Save);

    // The model takes the raw columns, one input each, and gives the target in its own unit: scaling is inside the file.
    var graph = new GraphBuilder("linear-regression");
    var inputs = features.Select(c => (GraphValue?)graph.Input(columns[c], ElementType.Float, Dimension.Named("N"), 1)).ToList();
    var table = graph.Node("Concat", inputs, [OnnxAttribute.Of("axis", 1L)]);
    var slopes = features.Select((c, i) => (float)(weights[i] * spread[y] / spread[c])).ToArray();
    var intercept = mean[y] + weights[^1] * spread[y] - features.Select((c, i) => weights[i] * spread[y] / spread[c] * mean[c]).Sum();
    graph.Output(graph.Node("Gemm", [table, graph.Constant("slopes", OnnxTensor.Of(slopes, features.Length, 1)), graph.Constant("intercept", OnnxTensor.Of([(float)intercept], 1))]));
    File.WriteAllBytes(Path.Combine(job.ModelFolder, "model.onnx"), ModelWriter.ToBytes(graph.ToModel("csharp-job", "1")));

    double Scaled(double[] row, int column) => (row[column] - mean[column]) / spread[column];
});

static (string[] Columns, List<double[]> Rows) Read(string folder)
{
    string[]? columns = null;
    var rows = new List<double[]>();
    foreach (var file in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
    {
        var lines = File.ReadAllLines(file);
        columns ??= lines[0].Split(',');
        rows.AddRange(lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()));
    }

    return columns is not null && rows.Count > 0 ? (columns, rows) : throw new InvalidDataException($"There is no .csv with rows in '{folder}'. Put a table into the data set.");
}
