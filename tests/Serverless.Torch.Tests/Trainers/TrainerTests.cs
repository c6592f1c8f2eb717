using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Onnx.Graphs;
using Serverless.OnnxRuntime;
using Serverless.TestKit;

namespace Serverless.Torch.Tests.Trainers;

/// <summary>Each trainer as a real program: what it measured is what its model answers in ONNX Runtime from raw rows.</summary>
public sealed class TrainerTests : IDisposable
{
    private readonly TempFolder folder = new();

    public TrainerTests() => Directory.CreateDirectory(folder["train"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cnn", 30)]
    [InlineData("resnet", 4)]
    public async Task ImageClassifier_OnDigits_AnswersAsItWasMeasured(string network, int epochs)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv"), TestContext.Current.CancellationToken);
        Split(lines, "label");
        var text = await Train("image-classifier", "--target", "label", "--test-file", "test.csv", "--network", network, "--epochs", $"{epochs}", "--width-of-network", network == "cnn" ? "32" : "16");
        var accuracy = Metric(text, "accuracy");
        Assert.True(accuracy > (network == "cnn" ? 0.98 : 0.95), text);
        Assert.Equal(accuracy, Accuracy(lines[0].Split(',')[..^1], [.. lines.Skip(1).Where((_, row) => row % 5 == 0)]), 1e-3);
    }

    [Fact]
    public async Task ImageClassifier_OnFoldersOfPngFiles_AnswersAsItWasMeasured()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv"), TestContext.Current.CancellationToken);
        List<(byte[] Pixels, string Label)> held = [];
        foreach (var (row, line) in lines.Skip(1).Index())
        {
            var fields = line.Split(',');
            byte[] pixels = [.. fields[..^1].Select(value => (byte)(double.Parse(value, CultureInfo.InvariantCulture) * 255 / 16))];
            var path = folder[$"{(row % 5 == 0 ? "test" : "train")}/{fields[^1]}/{row}.png"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, GreyPng.Of(8, 8, pixels), TestContext.Current.CancellationToken);
            if (row % 5 == 0)
                held.Add((pixels, fields[^1]));
        }

        var text = await Train("image-classifier", "--epochs", "15");
        Assert.Contains("1437 images to learn from, 360 put aside; 8 × 8 pixels, grey; 10 classes.", text, StringComparison.Ordinal);
        var accuracy = Metric(text, "accuracy");
        Assert.True(accuracy > 0.98, text);
        var told = Answer("label", new OnnxTensor { Name = "image", Element = Onnx.Graphs.ElementType.UInt8, Dims = [held.Count, 8, 8, 1], Data = held.SelectMany(each => each.Pixels).ToArray() });
        Assert.Equal(accuracy, told.Zip(held, (label, each) => label == double.Parse(each.Label, CultureInfo.InvariantCulture) ? 1.0 : 0).Average(), 1e-3);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public async Task TabularNetwork_OnCategoriesThatTurnNumbersRound_LearnsBoth(string precision)
    {
        var random = new Random(3);
        string[] lines = ["turn,x,noise,label", .. Enumerable.Range(0, 1500).Select(row =>
        {
            var x = random.NextDouble() * 2 - 1;
            var turn = row % 2 == 0 ? "left" : "right";
            return string.Create(CultureInfo.InvariantCulture, $"{turn},{x:0.###},{random.NextDouble():0.###},{(turn == "left" ? x > 0 : x < 0)}");
        })];
        Split(lines, "label");
        var text = await Train("tabular-network", "--target", "label", "--test-file", "test.csv", "--epochs", "25", "--hidden", "32,16", "--precision", precision);
        Assert.True(Metric(text, "accuracy") > 0.95, text);
    }

    [Fact]
    public async Task TabularNetwork_OnANumber_TellsItInItsUnit()
    {
        var random = new Random(3);
        string[] lines = ["kind,x,noise,price", .. Enumerable.Range(0, 1500).Select(row =>
        {
            var x = random.NextDouble() * 2 - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{(row % 2 == 0 ? "flat" : "steep")},{x:0.###},{random.NextDouble():0.###},{5000 + (row % 2 == 0 ? 100 : 1000) * x * x:0.#}");
        })];
        Split(lines, "price");
        var text = await Train("tabular-network", "--task", "regression", "--target", "price", "--test-file", "test.csv", "--epochs", "40", "--hidden", "64,32");
        Assert.True(Metric(text, "r2") > 0.95, text);
        var rmse = Metric(text, "rmse");
        var rows = lines.Skip(1).Where((_, row) => row % 5 == 0).Select(line => line.Split(',')).ToArray();
        OnnxTensor Column(string name, int at) => OnnxTensor.Of([.. rows.Select(row => float.Parse(row[at], CultureInfo.InvariantCulture))], rows.Length, 1) with { Name = name };
        var told = Answer("value", OnnxTensor.Of([.. rows.Select(row => row[0])], rows.Length, 1) with { Name = "kind" }, Column("x", 1), Column("noise", 2));
        Assert.Equal(rmse, Math.Sqrt(told.Zip(rows, (value, row) => Math.Pow(value - double.Parse(row[3], CultureInfo.InvariantCulture), 2)).Average()), rmse * 1e-3);
    }

    [Theory]
    [InlineData("cnn")]
    [InlineData("gru")]
    public async Task SequenceClassifier_OnWordsThatTell_AnswersTextsOfAnyLengthAlike(string network)
    {
        var random = new Random(4);
        string[] filler = ["the", "film", "was", "a", "very", "long", "one"];
        string[] lines = ["text,label", .. Enumerable.Range(0, 400).Select(row =>
        {
            var words = Enumerable.Range(0, 3 + row % 9).Select(_ => filler[random.Next(filler.Length)]).ToList();
            words.Insert(random.Next(words.Count), row % 2 == 0 ? "good" : "bad");
            return $"{string.Join(' ', words)},{(row % 2 == 0 ? "up" : "down")}";
        })];
        await File.WriteAllLinesAsync(folder["train/texts.csv"], lines, TestContext.Current.CancellationToken);
        var text = await Train("sequence-classifier", "--text", "text", "--target", "label", "--network", network, "--epochs", "16", "--patience", "0");
        Assert.True(Metric(text, "accuracy") > 0.9, text);
        var together = Answer("probabilities", OnnxTensor.Of(["A good film!", "the film was a very, very long and a bad one"], 2, 1) with { Name = "text" });
        var alone = Answer("probabilities", OnnxTensor.Of(["A good film!"], 1, 1) with { Name = "text" });
        Assert.True(together[1] > 0.5 && together[2] > 0.5, string.Join(' ', together));
        Assert.Equal(together[0], alone[0], 1e-5);
    }

    [Fact]
    public async Task SequenceToSequence_OnASmallGrammar_WritesTheOtherLanguage()
    {
        var random = new Random(5);
        (string, string)[] words = [("red", "rot"), ("blue", "blau"), ("small", "klein"), ("house", "haus"), ("tree", "baum"), ("car", "auto")];
        string[] lines = ["english,german", .. Enumerable.Range(0, 900).Select(_ =>
        {
            var chosen = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => words[random.Next(words.Length)]).ToList();
            return $"{string.Join(' ', chosen.Select(each => each.Item1))},{string.Join(' ', chosen.Select(each => each.Item2))}";
        })];
        await File.WriteAllLinesAsync(folder["train/pairs.csv"], lines, TestContext.Current.CancellationToken);
        var text = await Train("sequence-to-sequence", "--text", "english", "--target", "german", "--epochs", "15", "--max-written", "6", "--width-of-network", "64", "--patience", "0");
        Assert.True(Metric(text, "exact_match") > 0.9, text);
        Assert.Equal(["klein blau auto", "baum"], Texts("text", OnnxTensor.Of(["small blue car", "tree"], 2, 1) with { Name = "english" }));
    }

    [Fact]
    public async Task Forecast_OnASeason_GoesOnWithIt_AndTheSameTwice()
    {
        string[] lines = ["day,sales", .. Enumerable.Range(0, 220).Select(day => string.Create(CultureInfo.InvariantCulture, $"{day},{100 + 40 * Math.Sin(day * Math.PI / 3.5) + day % 3:0.##}"))];
        await File.WriteAllLinesAsync(folder["train/sales.csv"], lines, TestContext.Current.CancellationToken);
        var text = await Train("forecast", "--value", "sales", "--season", "7", "--horizon", "7", "--epochs", "25", "--width-of-network", "24", "--samples", "50");
        Assert.True(Metric(text, "wape") < 0.1, text);
        var history = OnnxTensor.Of([.. Enumerable.Range(200, 14).Select(day => (float)(100 + 40 * Math.Sin(day * Math.PI / 3.5) + day % 3))], 1, 14) with { Name = "history" };
        var (lower, median, upper) = (Answer("lower", history), Answer("median", history), Answer("upper", history));
        Assert.All(Enumerable.Range(0, 7), step => Assert.True(lower[step] <= median[step] && median[step] <= upper[step]));
        Assert.Equal(median, Answer("median", history));
    }

    [Fact]
    public async Task Topics_OfTwoKindsOfStories_AreTheirWords()
    {
        var random = new Random(6);
        string[][] kinds = [["ship", "sea", "sailor", "harbour", "wave"], ["bread", "oven", "flour", "baker", "dough"]];
        string[] lines = ["story", .. Enumerable.Range(0, 300).Select(row => string.Join(' ', Enumerable.Range(0, 12).Select(_ => kinds[row % 2][random.Next(5)])))];
        await File.WriteAllLinesAsync(folder["train/stories.csv"], lines, TestContext.Current.CancellationToken);
        await Train("topics", "--text", "story", "--topics", "2", "--epochs", "40", "--top-words", "5", "--batch-size", "32", "--max-share", "0.6");
        var words = Texts("words", OnnxTensor.Of(["ship sea sailor harbour wave ship sea sailor wave ship", "bread oven flour baker dough bread oven flour baker dough"], 2, 1) with { Name = "story" });
        Assert.Equal(kinds[0].Order(), words[0].Split(' ').Order());
        Assert.Equal(kinds[1].Order(), words[1].Split(' ').Order());
    }

    [Fact]
    public async Task Trainer_WithSeveralWrongArguments_NamesEach()
    {
        var (exit, text) = await TrainerProcess.RunAsync(folder, "forecast", "--epochs", "0", "--season", "20", "--context", "10", "--colour", "red");
        Assert.Equal(2, exit);
        Assert.All(["--value is missing", "--epochs '0'", "--season 20", "--colour is not an argument"], error => Assert.Contains(error, text, StringComparison.Ordinal));
    }

    private async Task<string> Train(params string[] arguments)
    {
        var (exit, text) = await TrainerProcess.RunAsync(folder, [.. arguments, "--device", "cpu", "--threads", "1"]);
        Assert.True(exit == 0, text);
        return text;
    }

    private void Split(string[] lines, string target)
    {
        Assert.EndsWith("," + target, lines[0], StringComparison.Ordinal);
        File.WriteAllLines(folder["train/learn.csv"], [lines[0], .. lines.Skip(1).Where((_, row) => row % 5 != 0)]);
        File.WriteAllLines(folder["train/test.csv"], [lines[0], .. lines.Skip(1).Where((_, row) => row % 5 == 0)]);
    }

    private static double Metric(string text, string name) =>
        double.Parse(Regex.Match(text, $"^{name} = (.*)$", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);

    private double Accuracy(string[] columns, string[] rows)
    {
        var values = rows.Select(row => row.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var inputs = columns.Select((column, i) => OnnxTensor.Of([.. values.Select(row => row[i])], rows.Length, 1) with { Name = column }).ToArray();
        return Answer("label", inputs).Zip(values, (told, row) => told == row[^1] ? 1.0 : 0).Average();
    }

    private double[] Answer(string output, params OnnxTensor[] inputs) => Run(output, inputs, tensor => tensor.Type == Serverless.OnnxRuntime.ElementType.Int64
        ? tensor.Values<long>().ToArray().Select(value => (double)value).ToArray()
        : tensor.Values<float>().ToArray().Select(value => (double)value).ToArray());

    private string[] Texts(string output, params OnnxTensor[] inputs) => Run(output, inputs, tensor => Enumerable.Range(0, (int)tensor.Shape[0]).Select(row => Encoding.UTF8.GetString(tensor.Text(row))).ToArray());

    private T Run<T>(string output, OnnxTensor[] inputs, Func<OutputTensor, T> read)
    {
        using var session = OnnxSession.Load(NativeRuntime.Shared(), File.ReadAllBytes(folder["model/model.onnx"]), new SessionSettings());
        using var call = session.Rent(TimeProvider.System);
        foreach (var input in inputs)
        {
            var at = session.FindInput(input.Name);
            call.Inputs[at].SetShape([.. input.Dims]);
            foreach (var text in input.Strings)
                call.Inputs[at].AddText(text.Span);
            if (input.Strings.Count == 0)
                call.Inputs[at].AddRaw(input.Data.Span, (int)OnnxTensor.CountOf(input.Dims)!.Value);
            call.Given[at] = true;
        }

        Array.Fill(call.Wanted, true);
        call.Run(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return read(call.Outputs.First(each => each.Port.Name == output));
    }
}
