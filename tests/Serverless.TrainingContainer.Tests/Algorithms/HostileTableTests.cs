using System.Text;
using Serverless.Algorithms;
using Serverless.Algorithms.Exits;

namespace Serverless.TrainingContainer.Tests.Algorithms;

public sealed class HostileTableTests
{
    private static readonly string Rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 9},{i % 4},{(i % 9 > 4 ? "a" : "b")}\n"));

    [Theory]
    [InlineData("ragged rows", "x,y,c\n1,2,a\n1,2\n1,2,3,b\n", "--target c", "2 rows do not have 3 fields: 't.csv' line 3 has 2; 't.csv' line 4 has 4")]
    [InlineData("target not there", "x,y,c\n1,2,a\n", "--target klass", "There is no column 'klass'. The columns are: x, y, c")]
    [InlineData("ignored column not there", "x,y,c\n1,2,a\n", "--target c --ignore z", "There is no column 'z'")]
    [InlineData("first line is data", "1,2,3\n4,5,6\n", "--target c", "--columns")]
    [InlineData("target missing in every row", "x,c\n1,\n2,?\n", "--target c", "No row has a value")]
    [InlineData("one class", "x,c\n1,a\n2,a\n", "--target c", "is 'a' in every row")]
    [InlineData("nothing but the target", "c\na\nb\n", "--target c", "no column to learn from")]
    [InlineData("everything missing", "x,c\n?,a\nNA,b\n", "--target c", "no column to learn from")]
    [InlineData("empty file", "", "--target c", "'t.csv' is empty")]
    [InlineData("header alone", "x,c\n", "--target c", "No row has a value")]
    [InlineData("column twice", "x,x,c\n1,2,a\n", "--target c", "'x' is there 2 times")]
    [InlineData("column without a name", "x,,c\n1,2,a\n", "--target c", "1 columns have no name")]
    [InlineData("column named like an output", "label,c\n1,a\n2,b\n", "--target c", "--ignore label")]
    [InlineData("test file not there", "x,c\n1,a\n2,b\n", "--target c --test-file u.csv", "has no table 'u.csv'. It has: t.csv")]
    [InlineData("test file alone", "x,c\n1,a\n2,b\n", "--target c --test-file t.csv", "nothing is left to learn from")]
    [InlineData("test file outside", "x,c\n1,a\n2,b\n", "--target c --test-file ../secret.csv", "has no table '../secret.csv'")]
    [InlineData("quote not closed", "x,c\n1,\"a\n2,b\n3,a\n", "--target c", "quote")]
    [InlineData("target like a number to estimate", "x,c\n", "--target c", "is it a number", true)]
    public void Train_TableThatCannotBeLearnt_SaysWhyAndWhatToDo(string what, string table, string arguments, string says, bool manyClasses = false)
    {
        if (manyClasses)
            table += string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{i * 0.37}\n"));
        using var run = new AlgorithmRun(("t.csv", table)).Train(arguments.Split(' '));

        Assert.True(run.Code == ProgramExit.Failure, what + run.Output + run.Error);
        Assert.Contains(says, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(run.ModelPath));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(',')]
    public void Train_OtherSeparator_IsFound(char separator)
    {
        using var run = new AlgorithmRun(("t.csv", ("x,y,c\n" + Rows).Replace(',', separator))).Train("--target", "c");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Equal(["x", "y"], run.Model.Graph.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Train_ByteOrderMarkQuotesAndWindowsLines_AreRead()
    {
        using var run = new AlgorithmRun();
        run.Add("t.csv", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(("\"x\",\"the, \"\"y\"\"\",c\n" + Rows.Replace(",a", ",\"a\"", StringComparison.Ordinal) + "\n\n").Replace("\n", "\r\n", StringComparison.Ordinal))]);

        run.Train("--target", "c");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Equal(["x", "the, \"y\""], run.Model.Graph.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Train_TextThatIsNotUtf8_IsRefused()
    {
        using var run = new AlgorithmRun();
        run.Add("t.csv", Encoding.Latin1.GetBytes("x,c\n1,grün\n2,blau\n"));

        run.Train("--target", "c");

        Assert.Equal(ProgramExit.Failure, run.Code);
        Assert.Contains("not UTF-8 in line 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ColumnOfOneValue_CountsForNothing()
    {
        using var run = new AlgorithmRun(("t.csv", "one,word,x,y,c\n" + string.Concat(Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => $"5,same,{row}\n")))).Train("--target", "c");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Contains("Column 'word' is left out: it is 'same' in every row", run.Output, StringComparison.Ordinal);
        Assert.Equal(["one", "x", "y"], run.Model.Graph.Inputs.Select(input => input.Name));
        Assert.Equal("""["word"]""", run.Model.MetadataOf("ignored"));
        Assert.Equal(Label(run, 5), Label(run, 5_000));
    }

    [Fact]
    public void Train_ClassSeenOnce_IsLearntAndSaid()
    {
        using var run = new AlgorithmRun(("t.csv", "x,y,c\n" + Rows + "99,99,rare\n")).Train("--target", "c");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Contains("Class 'rare' is there once", run.Output, StringComparison.Ordinal);
        Assert.Equal("""["a","b","rare"]""", run.Model.MetadataOf("classes"));
    }

    [Fact]
    public void Train_ColumnLikeAName_IsLeftOut()
    {
        using var run = new AlgorithmRun(("t.csv", "name,x,y,c\n" + string.Concat(Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((row, i) => $"person {i},{row}\n")))).Train("--target", "c");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Contains("Column 'name' is left out", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("name", run.Model.Graph.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Train_NumbersWithAStrayWord_SaysWhichAndHow()
    {
        var rows = Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var table = "x,y,c\n" + string.Join('\n', rows.Select((row, i) => i == 10 ? "unknown" + row[1..] : row));
        using var run = new AlgorithmRun(("t.csv", table)).Train("--target", "c");
        Assert.Contains("the first 'unknown' in line 12", run.Output, StringComparison.Ordinal);

        run.Train("--target", "c", "--missing", "unknown");

        Assert.DoesNotContain("unknown", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 columns of numbers", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_TenThousandColumns_AreLearnt()
    {
        var random = new Random(1);
        var table = new StringBuilder(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"))).Append(",target\n");
        for (var row = 0; row < 30; row++)
            table.AppendJoin(',', Enumerable.Range(0, 10_000).Select(_ => random.Next(10))).Append(row % 2 == 0 ? ",a\n" : ",b\n");

        using var run = new AlgorithmRun(("t.csv", table.ToString())).Train("--target", "target", "--max-iterations", "5");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Equal(10_000, run.Model.Graph.Inputs.Count);
    }

    [Fact]
    public void Train_MoreColumnsThanAllowed_IsRefused()
    {
        using var run = new AlgorithmRun(("t.csv", string.Join(',', Enumerable.Range(0, 20_001).Select(i => $"c{i}")) + "\n")).Train("--target", "c0");

        Assert.Equal(ProgramExit.Failure, run.Code);
        Assert.Contains("20001 columns; the limit is 20000", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryLimit_TableLargerThanMemory_IsRefusedWithTheRowsThatFit()
    {
        var error = Assert.Throws<Serverless.Training.Tables.DataException>(() => Serverless.Training.Tables.MemoryLimit.Check(50_000_000_000, 100, 10));

        Assert.Contains("--rows", error.Message, StringComparison.Ordinal);
        Serverless.Training.Tables.MemoryLimit.Check(1_000_000, 20, 10);
    }

    [Fact]
    public void Train_Sample_KeepsThatManyRows()
    {
        using var run = new AlgorithmRun(("t.csv", "x,y,c\n" + Rows)).Train("--target", "c", "--rows", "30", "--holdout", "0");

        Assert.True(run.Code == ProgramExit.Success, run.Error);
        Assert.Equal("30", run.Model.MetadataOf("trainingRows"));
        Assert.Contains("nothing is measured", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FilesThatDiffer_SaysHow()
    {
        using var run = new AlgorithmRun(("a.csv", "x,y,c\n" + Rows), ("b.csv", "x,z,c\n" + Rows)).Train("--target", "c");

        Assert.Equal(ProgramExit.Failure, run.Code);
        Assert.Contains("z, y", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_SeveralWrong_AreAllSaidAtOnce()
    {
        using var run = new AlgorithmRun(("t.csv", "x,c\n1,a\n")).Train("--l2", "-1", "--holdout", "2", "--seeed", "4", "--separator", "ab", "stray");

        Assert.Equal(ProgramExit.WrongArguments, run.Code);
        foreach (var wrong in new[] { "--target is missing", "--l2 '-1'", "--holdout '2'", "--seeed", "--separator 'ab'", "'stray'" })
            Assert.Contains(wrong, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AlgorithmThatIsNotThere_NamesThoseThatAre()
    {
        using var error = new StringWriter();
        using var job = new Serverless.Jobs.JobEnvironment(new Dictionary<string, string>());

        Assert.Equal(ProgramExit.WrongArguments, AlgorithmProgram.Run(["logistic"], job, TextWriter.Null, error));
        Assert.Contains("logistic-regression", error.ToString(), StringComparison.Ordinal);
    }

    private static float[] Label(AlgorithmRun run, float one) =>
        run.Predict(1, (input, _) => input.Name == "one" ? one : 3f)["probabilities"].Floats;
}
