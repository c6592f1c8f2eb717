using System.Globalization;
using Serverless.Durable.Storage.Sqlite;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>A real process is killed before and after every commit, and after every activity's effect; the next process finishes the run, and nothing tells it from a run that nobody disturbed.</summary>
public sealed class KillTests
{
    private const int Lanes = 2;

    [Fact]
    public async Task Process_KilledAtEveryCommitBoundary_EveryRunEndsAsIfUndisturbed()
    {
        using var folder = new TempFolder();
        Assert.Equal(0, await Victim.RunAsync(folder.Path, "0"));
        var undisturbed = EndState.Read(folder["0"]);
        Assert.Equal("Completed [2,3,11,6,100,71,1000,21]", undisturbed[0]);

        // Boundary numbers are shared out among the lanes; a lane ends with the first run that is not killed any more.
        var counts = await Task.WhenAll(Enumerable.Range(1, Lanes).Select(lane => LaneAsync(folder.Path, lane)));
        var boundaries = counts.Min() - 1;
        Assert.InRange(boundaries, 28, 200); // two for each commit of the run, one for each activity
        for (var boundary = 1; boundary <= boundaries; boundary++)
            Assert.Equal(undisturbed, EndState.Read(folder[Name(boundary)]));
        TestContext.Current.TestOutputHelper?.WriteLine($"{boundaries} boundaries");
    }

    private static async Task<int> LaneAsync(string folder, int lane)
    {
        for (var boundary = lane; ; boundary += Lanes)
        {
            var exit = boundary == lane
                ? await Victim.RunAsync(folder, Name(boundary))
                : await Victim.RunAsync(folder, Name(boundary), Name(boundary - Lanes));
            if (exit == 0)
                return boundary;
            Assert.Equal((boundary, Victim.Killed), (boundary, exit));
        }
    }

    private static string Name(int boundary) => boundary.ToString(CultureInfo.InvariantCulture);

    /// <summary>All that a run leaves behind, less times.</summary>
    private static class EndState
    {
        public static string[] Read(string folder)
        {
            SQLitePCL.Batteries_V2.Init();
            using var session = SqliteFile.Open(Path.Combine(folder, "workflows.db"));
            string[] states = [.. session.Query("SELECT status, output, failure FROM instances ORDER BY id = 'victim' DESC, id",
                row => $"{(Core.Workflows.WorkflowStatus)row.GetInt32(0)} {row.Text(1)}{row.Text(2)}")];
            var left = session.Scalar<long>(
                "SELECT (SELECT count(*) FROM activities) + (SELECT count(*) FROM timers) + (SELECT count(*) FROM waiters) + (SELECT count(*) FROM inbox)");

            // Without the events: a process that begins sends them once more, and what nobody took stays in the history.
            var history = session.Query(
                """
                SELECT i.id, json_remove(h.event, '$.at', '$.due') FROM history h JOIN instances i ON i.key = h.instance
                WHERE json_extract(h.event, '$.kind') <> 'event-came'
                """,
                row => $"{row.GetString(0)} {row.GetString(1)}");
            var integrity = session.Scalar<string>("PRAGMA integrity_check");
            var effects = Directory.GetFiles(Path.Combine(folder, "effects")).Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetFileName(file)}: {File.ReadAllText(file)}");
            return [.. states, $"{left} left", $"integrity {integrity}", .. history.Order(StringComparer.Ordinal), .. effects];
        }
    }
}
