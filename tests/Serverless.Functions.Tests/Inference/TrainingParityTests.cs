using System.Globalization;
using System.Text;
using System.Text.Json;
using Serverless.Algorithms.Learning;
using Serverless.Algorithms.LogisticRegression;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Jobs;
using Serverless.Onnx.Writing;
using Serverless.TestKit;
using Serverless.Training.Rows;
using Serverless.Training.Served;

namespace Serverless.Functions.Tests.Inference;

/// <summary>What the algorithm measured is what the endpoint answers: the same rows give the same classes and probabilities, from CSV and from JSON, in the real runtime.</summary>
public sealed class TrainingParityTests : IDisposable
{
    // The model computes in 32 bits, the algorithm in 64: some dozens of products of about 1 with weights of about 1, each rounded to 2⁻²⁴, come to about 1e-5 in a score.
    private const double Tolerance = 1e-4;

    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Digits_ServedModel_AnswersAsTheAlgorithmEvaluated()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv"), Cancel);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        await CompareAsync(lines[0].Split(','), rows[..1_400], rows[1_400..]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task TextsAndMissingValues_ServedModel_AnswersAsTheAlgorithmEvaluated(int classes)
    {
        var random = new Random(7);
        string[] colours = ["red", "deep \"sea\" blue", "green, pale", "Grün", ""];
        string[] labels = ["no", "yes, \"surely\"", "maybe"];
        var rows = Enumerable.Range(0, 600).Select(_ =>
        {
            var colour = random.Next(colours.Length);
            var size = random.NextDouble() * 1e4 - 5e3;
            var label = (colour + (size > 0 ? 1 : 0) + (random.Next(10) == 0 ? 1 : 0)) % classes;
            return new[]
            {
                random.Next(4) == 0 ? "" : size.ToString("R", CultureInfo.InvariantCulture), colours[colour], "same",
                random.Next(3) == 0 ? "NA" : random.Next(90).ToString(CultureInfo.InvariantCulture), random.Next(5) == 0 ? "NA" : $"z{random.Next(4)}", labels[label],
            };
        }).ToList();
        foreach (var (row, i) in rows.Skip(500).Take(10).Select((row, i) => (row, i)))
            row[1] = $"never seen {i}";
        await CompareAsync(["size", "col our", "constant", "age", "zone", "label"], rows[..450], rows[450..]);
    }

    private async Task CompareAsync(string[] columns, IReadOnlyList<string[]> learnt, IReadOnlyList<string[]> tested)
    {
        var (data, expected, model) = Train(columns, learnt, tested);
        using var served = new ServedModels();
        await served.DeployAsync("trained", model);
        var used = data.Plan.Numbers.Select(number => (number.Column, IsNumber: true)).Concat(data.Plan.Categories.Select(category => (category.Column, IsNumber: false))).ToList();

        var csv = await served.PredictCsvAsync("trained", Csv([.. used.Select(one => columns[one.Column])], [.. tested.Select(row => used.Select(one => row[one.Column]).ToArray())]));
        var json = await served.PredictAsync("trained", Json(columns, used, tested));

        Assert.Equal(ServedModels.Good(csv), ServedModels.Good(json));
        var answers = Read(csv).Predictions;
        Assert.Equal(tested.Count, answers.Count);
        var close = 0;
        for (var row = 0; row < answers.Count; row++)
        {
            var own = expected.AsSpan(row * data.Labels.Names.Count, data.Labels.Names.Count);
            Assert.Equal(data.Labels.Names, answers[row].Probabilities!.Keys);
            var answered = answers[row].Probabilities!.Values.ToArray();
            for (var label = 0; label < own.Length; label++)
                Assert.True(Math.Abs(own[label] - answered[label]) < Tolerance, $"Row {row}, class {label}: the algorithm says {own[label]}, the endpoint {answered[label]}.");
            var ordered = own.ToArray().Order().ToArray();
            if (ordered[^1] - ordered[^2] < 2 * Tolerance)
                close++; // two classes are as good as equal: either may be named
            else
                Assert.Equal(data.Labels.Names[own.IndexOf(ordered[^1])], answers[row].Label!.Value.ToString());
        }

        Assert.InRange(close, 0, tested.Count / 100);
    }

    /// <summary>Learns, as the program does, and evaluates the tested rows in their order.</summary>
    private (LearningRows Data, double[] Probabilities, byte[] Model) Train(string[] columns, IReadOnlyList<string[]> learnt, IReadOnlyList<string[]> tested)
    {
        Directory.CreateDirectory(folder["train"]);
        File.WriteAllText(folder["train/learn.csv"], Csv(columns, learnt));
        File.WriteAllText(folder["train/tested.csv"], Csv(columns, tested));
        using var job = new JobEnvironment(new Dictionary<string, string> { [JobVariables.Input("train")] = folder["train"] });
        var options = LogisticOptions.Parse(["--target", "label", "--test-file", "tested.csv"]);
        var data = new RowsReader(options.Rows, ClassGraph.Outputs, TextWriter.Null).Read(job);
        var objective = new SoftmaxObjective(data.Learn, data.Labels.Names.Count, options.L2 / data.Learn.Rows);
        var solver = new Lbfgs(objective.Evaluate, new double[objective.Size]);
        for (var step = 0; step < 60 && solver.Step(); step++)
        {
        }

        Assert.Equal(tested.Count, data.Held.Rows);
        return (data, objective.Predict(data.Held, solver.Point), ModelWriter.ToBytes(LogisticModel.Build(data, objective, solver.Point, null)));
    }

    private static string Csv(string[] columns, IReadOnlyList<string[]> rows) =>
        string.Join('\n', rows.Prepend(columns).Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))) + "\n";

    private static string Json(string[] columns, IReadOnlyList<(int Column, bool IsNumber)> used, IReadOnlyList<string[]> rows)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                foreach (var (column, isNumber) in used)
                {
                    writer.WritePropertyName(columns[column]);
                    if (row[column].Length == 0 || (isNumber && row[column] == "NA"))
                        writer.WriteNullValue();
                    else if (isNumber)
                        writer.WriteRawValue(row[column]);
                    else
                        writer.WriteStringValue(row[column]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static PredictResponse Read(WireReply reply) => JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.PredictResponse)!;
}
