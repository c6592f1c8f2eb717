using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Studies;

namespace Serverless.Cli.Studies;

/// <summary>Follows a study to its end: as a table that is drawn in place where a person watches, else as a line for each change.</summary>
internal static class StudyFollowing
{
    /// <summary>How often the table is drawn: its times go on.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>The longest between two looks, when the host is slow to answer.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Follows it.</summary>
    /// <returns>The study at its end.</returns>
    public static async Task<Study> ToEndAsync(Invocation run, Study study)
    {
        try
        {
            return run.Output.Frame() is { } frame ? await DrawAsync(run, frame, study) : await SayAsync(run, study);
        }
        catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
        {
            run.Output.Hint($"The study goes on. 'serverless study show {study.Id} --follow' follows it again, 'serverless study stop {study.Id}' stops it.");
            throw;
        }
    }

    private static Task<Study> SayAsync(Invocation run, Study study) => run.Output.WhileAsync(StudyText.Line(study), async say =>
    {
        await foreach (var now in run.Client.Studies.WatchAsync(study.Id, run.Cancel))
        {
            say(StudyText.Line(now), isMinor: now.Status == study.Status);
            study = now;
        }

        return study;
    });

    private static async Task<Study> DrawAsync(Invocation run, LiveFrame frame, Study study)
    {
        var clock = run.Io.Clock;
        var (rows, next) = ((IReadOnlyList<TrialRow>)[], clock.GetUtcNow());
        while (true)
        {
            var window = run.Io.Window();
            if (clock.GetUtcNow() >= next)
            {
                var begin = clock.GetTimestamp();
                study = await run.Client.Studies.GetAsync(study.Id, run.Cancel);
                rows = await TrialRows.ReadAsync(run.Client, study, Room(window.Rows), clock.GetUtcNow(), run.Cancel);

                // A host whose study is large takes its time to answer: it is asked no more than a fifth of the time.
                var pause = clock.GetElapsedTime(begin) * 4;
                next = clock.GetUtcNow() + (pause < Tick ? Tick : pause > LongestPause ? LongestPause : pause);
            }

            frame.Draw(new StudyTable(window.Columns, run.Io.Unicode).Lines(study, [.. rows.TakeLast(Room(window.Rows))], clock.GetUtcNow()), window.Columns);
            if (study.EndedAt is not null)
                return study;
            await Task.Delay(Tick, clock, run.Cancel);
        }
    }

    /// <summary>The trials that a window has room for; the line below the table is the cursor's.</summary>
    private static int Room(int rows) => Math.Clamp(rows - StudyTable.HeadLines - 1, 1, 50);
}
