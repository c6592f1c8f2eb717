using Serverless.Cli.Studies;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Values;

namespace Serverless.Client.Tests.Cli;

/// <summary>What a person sees of a study that runs.</summary>
public sealed class StudyTableTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Table_Wide_HasAllColumnsTheBestMarkedAndWhatIsLeft()
    {
        var screen = new TerminalScreen(100, 24);
        new LiveFrame(screen, color: false).Draw(new StudyTable(100, unicode: true).Lines(Sample(), Rows(), Begin.AddSeconds(90)), 100);

        Assert.Equal("""
            digits  running  2 of 20 complete, 1 running, 1 pruned
            best accuracy = 0.972  #1
            1 min 30 s of 10 min 0 s, 0.03 USD of 2.00 USD, 2 at once, about 8 min 30 s left
              # STATUS   STEP accuracy       TIME     COST PARAMETERS
              0 complete    9     0.95     20.0 s 0.01 USD l2=0.1 max-iterations=40
            * 1 complete    9    0.972     20.0 s 0.01 USD l2=0.1 max-iterations=41
              2 pruned      4     0.31     20.0 s 0.01 USD l2=0.1 max-iterations=42
              3 running     4      0.9 1 min 10 s          l2=0.1 max-iterations=43
            """.ReplaceLineEndings("\n"), screen.Text);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void Table_AnyWidth_FitsAndSaysNumberStatusAndValue(int columns)
    {
        var lines = new StudyTable(columns, unicode: false).Lines(Sample(), Rows(), Begin.AddSeconds(90));

        Assert.All(lines, line => Assert.True(TextCells.Width(line.Text) < columns, $"'{line.Text}' is as wide as the window of {columns}."));
        Assert.All(lines, line => Assert.All(line.Text, c => Assert.InRange(c, ' ', '~')));
        Assert.Contains(columns < 40 ? "running" : "0.972", string.Join('\n', lines.Select(line => line.Text)), StringComparison.Ordinal);
        if (columns >= 40)
            Assert.StartsWith("* 1 complete    0.972", lines[5].Text.Replace("    9", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_HostileText_ActsNotOnTheTerminal()
    {
        const string bad = "a\u001b[2J\u001b]0;owned\u0007\u202E\r\nb";
        var study = Sample() with { Name = bad, Spec = Sample().Spec with { Objectives = [new ObjectiveSpec { Metric = bad }] } };
        var rows = new TrialRow[] { new(new StudyTrial { Number = 0, Status = TrialStatus.Running, Parameters = new Dictionary<string, ScalarValue> { [bad] = bad } }) };
        var screen = new TerminalScreen(80, 24);

        new LiveFrame(screen, color: true).Draw(new StudyTable(80, unicode: true).Lines(study, rows, Begin), 80);

        Assert.Equal(5, screen.Text.Split('\n').Length);
        Assert.Contains("\\u{1b}", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_WideCharacters_AreCutByCells()
    {
        Assert.Equal(("日本~", 5), (TextCells.Cut("日本語語", 6, '~'), TextCells.Width("日本~")));
        Assert.Equal("e\u0301x ", TextCells.Fit("e\u0301x", 3, '~', right: false));
    }

    /// <summary>Frames of other heights, and a window that becomes narrower: nothing of an old frame is left, nothing above it is touched.</summary>
    [Fact]
    public void Frame_DrawnAgainAndResized_IsTheLastFrameAlone()
    {
        var screen = new TerminalScreen(80, 24);
        screen.Write("$ serverless study run\n");
        var frame = new LiveFrame(screen, color: true);
        frame.Draw([.. Enumerable.Range(0, 10).Select(i => new FrameLine(new string((char)('a' + i), 70), LineLook.Good))], 80);
        frame.Draw([new("one", LineLook.Bad), new("two")], 80);
        Assert.Equal("$ serverless study run\none\ntwo", screen.Text);

        frame.Draw([.. Enumerable.Range(0, 8).Select(_ => new FrameLine(new string('x', 70)))], 80);
        screen.Resize(40, 24);
        frame.Draw([new("narrow")], 40);

        Assert.Equal(("$ serverless study run\nnarrow", 0, false, true), (screen.Text, screen.CursorColumn, screen.IsColored, screen.IsCursorShown));
    }

    [Fact]
    public void Frame_WithoutColours_HasNone()
    {
        var (plain, colored) = (new TerminalScreen(80, 24), new TerminalScreen(80, 24));
        var lines = new StudyTable(80, unicode: true).Lines(Sample(), Rows(), Begin.AddSeconds(90));

        new LiveFrame(plain, color: false).Draw(lines, 80);
        new LiveFrame(colored, color: true).Draw(lines, 80);

        Assert.Empty(plain.Colors);
        Assert.NotEmpty(colored.Colors);
        Assert.Equal(plain.Text, colored.Text);
    }

    internal static Study Sample() => new()
    {
        Id = "study-1",
        Name = "digits",
        Status = StudyStatus.Running,
        Spec = new StudySpec
        {
            Job = new JobSpec { Program = new ProgramSpec { Algorithm = "logistic-regression" } },
            Space = new SpaceSpec { Parameters = [] },
            Objectives = [new ObjectiveSpec { Metric = "accuracy", Direction = ObjectiveDirection.Maximize }],
            Limits = new StudyLimitSpec { Trials = 20, Parallelism = 2, Seconds = 600, MaxCost = 2 },
        },
        Trials = new TrialCounts(1, 2, 1, 0, 0),
        RunningTrials = [3],
        Best = [Trial(1, TrialStatus.Complete, 0.972)],
        Cost = 0.03m,
        CreatedAt = Begin,
    };

    internal static StudyTrial Trial(int number, TrialStatus status, double value) => new()
    {
        Number = number,
        Status = status,
        Values = status == TrialStatus.Complete ? [value] : [],
        LastStep = status == TrialStatus.Complete ? 9 : 4,
        LastValue = value,
        Seconds = status == TrialStatus.Running ? null : 20,
        Cost = status == TrialStatus.Running ? null : 0.01m,
        Parameters = new Dictionary<string, ScalarValue> { ["l2"] = 0.10000000000000006, ["max-iterations"] = 40 + number },
        JobId = FormattableString.Invariant($"job-1-{number}"),
    };

    private static IReadOnlyList<TrialRow> Rows() =>
    [
        .. new[] { Trial(0, TrialStatus.Complete, 0.95), Trial(1, TrialStatus.Complete, 0.972), Trial(2, TrialStatus.Pruned, 0.31) }
            .Select(trial => new TrialRow(trial) { Value = trial.LastValue, Step = trial.LastStep, Time = TimeSpan.FromSeconds(20), Cost = 0.01m }),
        new TrialRow(Trial(3, TrialStatus.Running, 0.9)) { Value = 0.9, Step = 4, Time = TimeSpan.FromSeconds(70) },
    ];
}
