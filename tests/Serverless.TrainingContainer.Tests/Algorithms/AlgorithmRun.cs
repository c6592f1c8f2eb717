using Serverless.Algorithms;
using Serverless.Jobs;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Reading;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Algorithms;

/// <summary>Runs logistic regression on tables in a folder of its own.</summary>
internal sealed class AlgorithmRun : IDisposable
{
    private readonly TempFolder folder = new();

    public AlgorithmRun(params (string Name, string Content)[] tables)
    {
        foreach (var (name, content) in tables)
            Add(name, System.Text.Encoding.UTF8.GetBytes(content));
    }

    public string Folder => folder.Path;

    public string ModelPath => folder["model/model.onnx"];

    public int Code { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public OnnxModel Model => ModelReader.Read(File.ReadAllBytes(ModelPath));

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        [JobVariables.Input("train")] = folder["train"],
        [JobVariables.ModelFolder] = folder["model"],
        [JobVariables.CheckpointFolder] = folder["checkpoints"],
    };

    public void Add(string name, byte[] content)
    {
        Directory.CreateDirectory(folder["train"]);
        File.WriteAllBytes(folder[Path.Combine("train", name)], content);
    }

    public AlgorithmRun Train(params string[] arguments)
    {
        using var job = new JobEnvironment(Variables);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Code = AlgorithmProgram.Run(["logistic-regression", .. arguments], job, output, error);
        (Output, Error) = (output.ToString(), error.ToString());
        return this;
    }

    /// <summary>The last value of a metric.</summary>
    public double Metric(string name) =>
        double.Parse(Output.Split('\n').Last(line => line.StartsWith(name + " = ", StringComparison.Ordinal))[(name.Length + 3)..]);

    /// <summary>What the model says of rows given by column.</summary>
    public IReadOnlyDictionary<string, GraphEvaluator.Value> Predict(int rows, Func<OnnxValue, int, object> cell) =>
        new GraphEvaluator(Model).Run(Model.Graph.Inputs.ToDictionary(input => input.Name, input => new GraphEvaluator.Value(
            ((TensorType)input.Type!).Element == ElementType.String
                ? Enumerable.Range(0, rows).Select(row => (string)cell(input, row)).ToArray()
                : Enumerable.Range(0, rows).Select(row => Convert.ToSingle(cell(input, row))).ToArray(), [rows, 1])));

    public void Dispose() => folder.Dispose();
}
