using Serverless.Cli;
using Serverless.Cli.Shell;
using Serverless.Cli.Studies;
using Serverless.Client.Tests.Fake;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary><c>study show --follow</c> on a terminal: what is asked of the host, what is seen, and what is left when it ends or is broken off.</summary>
public sealed class StudyFollowingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_OnATerminal_DrawsInPlaceAndShowsTheStudyAtItsEnd()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        var looks = 0;
        api.On("GET", Routes.Study, context => FakeApi.WriteAsync(context, At(looks++), ContractsJson.Default.Study));
        Trials(api, 4);
        var screen = new TerminalScreen(80, 24);

        var (code, data) = await RunAsync(api, screen, Cancel, "study", "show", "study-1", "--follow");

        Assert.Equal(0, code);
        Assert.True(looks >= 4, $"It looked {looks} times.");
        Assert.Equal(8, screen.Text.Split('\n').Length);
        Assert.StartsWith("digits  succeeded  4 of 20 complete", screen.Text, StringComparison.Ordinal);
        Assert.True(screen is { CursorColumn: 0, IsColored: false, IsCursorShown: true });
        Assert.Contains("succeeded (trials)", data, StringComparison.Ordinal);
    }

    /// <summary>Ctrl-C: the study goes on, which is said, and the terminal is as it was.</summary>
    [Fact]
    public async Task Follow_BrokenOff_LeavesTheTerminalSaneAndSaysThatTheStudyGoesOn()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var looks = 0;
        api.On("GET", Routes.Study, context =>
        {
            if (++looks == 3)
                interrupt.Cancel();
            return FakeApi.WriteAsync(context, At(1), ContractsJson.Default.Study);
        });
        Trials(api, 4);
        var screen = new TerminalScreen(80, 24);

        var (code, data) = await RunAsync(api, screen, interrupt.Token, "study", "show", "study-1", "--follow");

        Assert.Equal((130, ""), (code, data));
        Assert.Contains("The study goes on. 'serverless study show study-1 --follow' follows it again, 'serverless study stop study-1' stops it.", screen.Text, StringComparison.Ordinal);
        Assert.Contains("digits  running", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Requests, request => request.Method != "GET");
        Assert.True(screen is { CursorColumn: 0, IsColored: false, IsCursorShown: true });
    }

    [Fact]
    public async Task Follow_NoTerminal_IsALineForEachChange()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        var looks = 0;
        api.On("GET", Routes.Study, context => FakeApi.WriteAsync(context, At(looks++), ContractsJson.Default.Study));

        var run = await CliRun.AsAsync(api, "study", "show", "study-1", "--follow");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.Contains("study-1: succeeded  4 of 20 complete", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A study of 100,000 trials, 1,000 of which run, one of them since the beginning: few requests, and the rows that matter.</summary>
    [Fact]
    public async Task Rows_HundredThousandTrials_AreFewRequestsForTheBestTheRunningAndTheNewest()
    {
        await using var api = await FakeApi.StartAsync(Cancel);
        const int total = 100_000;
        var running = Enumerable.Range(total - 999, 999).Prepend(17).ToList();
        var study = StudyTableTests.Sample() with { Trials = new TrialCounts(1_000, total - 1_000, 0, 0, 0), RunningTrials = running, Best = [StudyTableTests.Trial(555, TrialStatus.Complete, 0.99)] };
        Trials(api, total, running);
        using var client = api.NewClient();

        var rows = await TrialRows.ReadAsync(client, study, 20, study.CreatedAt.AddSeconds(60), Cancel);

        Assert.True(api.Requests.Count <= TrialRows.MaxRequests, $"There were {api.Requests.Count} requests.");
        Assert.Equal(20, rows.Count);
        Assert.Contains(rows, row => row.Trial.Number == 555);
        Assert.Contains(rows, row => row.Trial.Number == total - 1);
        Assert.Equal(rows.OrderBy(row => row.Trial.Number), rows);
        Assert.Contains(rows, row => row is { Trial.Status: TrialStatus.Running, Value: 0.5, Time: not null });
    }

    private static async Task<(int Code, string Data)> RunAsync(FakeApi api, TextWriter terminal, CancellationToken cancel, params string[] arguments)
    {
        using var data = new StringWriter { NewLine = "\n" };
        terminal.NewLine = "\n";
        var environment = new Dictionary<string, string> { ["SERVERLESS_URL"] = api.Address.ToString(), ["SERVERLESS_KEY"] = FakeApi.Key };
        var io = new CliIo
        {
            Out = data,
            Error = terminal,
            In = () => Stream.Null,
            Environment = name => environment.GetValueOrDefault(name),
            Folder = Path.GetTempPath(),
            Interactive = true,
            Color = true,
            Unicode = true,
            Clock = new HastyTime(),
        };
        return (await CliProgram.RunAsync(arguments, io, cancel), data.ToString());
    }

    /// <summary>The study at a look: a trial more each time, ended with the fourth.</summary>
    private static Study At(int look) => StudyTableTests.Sample() with
    {
        Trials = new TrialCounts(look < 4 ? 1 : 0, Math.Min(look, 4), 0, 0, 0),
        RunningTrials = look < 4 ? [look] : [],
        Status = look < 4 ? StudyStatus.Running : StudyStatus.Succeeded,
        StopReason = look < 4 ? StudyStopReason.None : StudyStopReason.Trials,
        EndedAt = look < 4 ? null : StudyTableTests.Sample().CreatedAt.AddSeconds(90),
    };

    private static void Trials(FakeApi api, int total, IReadOnlyCollection<int>? running = null)
    {
        running ??= [];
        api.On("GET", Routes.StudyTrials, context =>
        {
            var query = context.Request.Query;
            var from = query.TryGetValue(ApiNames.After, out var after) ? int.Parse(after.ToString(), System.Globalization.CultureInfo.InvariantCulture) + 1 : 0;
            var limit = int.Parse(query[ApiNames.Limit].ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var items = Enumerable.Range(from, Math.Min(limit, total - from)).Select(number => StudyTableTests.Trial(number, running.Contains(number) ? TrialStatus.Running : TrialStatus.Complete, 0.9));
            return FakeApi.WriteAsync(context, new Page<StudyTrial>([.. items], null), ContractsJson.Default.StudyTrialPage);
        });
        api.On("GET", Routes.Job, context => FakeApi.WriteAsync(context, Examples.Job(JobStatus.Running) with { StartedAt = StudyTableTests.Sample().CreatedAt, Metrics = new Dictionary<string, double> { ["accuracy"] = 0.5 } }, ContractsJson.Default.Job));
    }

    /// <summary>A clock on which every wait is over at once, and took as long as it was to.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private readonly ManualTime time = new();

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override long TimestampFrequency => time.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            time.Advance(dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(20) ? dueTime : TimeSpan.Zero);
            return dueTime < TimeSpan.FromSeconds(20) ? System.CreateTimer(callback, state, TimeSpan.Zero, period) : System.CreateTimer(callback, state, dueTime, period);
        }
    }
}
