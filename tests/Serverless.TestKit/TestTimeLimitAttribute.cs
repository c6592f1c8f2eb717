using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

namespace Serverless.TestKit;

/// <summary>
/// Ends the test process when one test takes longer than <see cref="Limit"/>, and names it: a test that hangs in native code or in a wait without an end would
/// else hold the whole run until somebody looks. On every test assembly, by <c>tests/Directory.Build.props</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    /// <summary>Many times what the slowest test takes on a loaded machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<string, RunningTest> Running = new();
    private static readonly Timer Watch = new(_ => Look(), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Running[test.UniqueID] = new RunningTest(test.TestDisplayName, Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Running.TryRemove(test.UniqueID, out _);

    /// <summary>The tests that run longer than the limit.</summary>
    internal static IReadOnlyList<string> Late(IEnumerable<RunningTest> running, long now, TimeSpan limit) =>
        [.. running.Where(test => Stopwatch.GetElapsedTime(test.BegunAt, now) > limit).Select(test => test.Name)];

    private static void Look()
    {
        var late = Late(Running.Values, Stopwatch.GetTimestamp(), Limit);
        if (late.Count == 0)
            return;
        Console.Error.WriteLine($"Running for more than {Limit.TotalMinutes:0} minutes, so the test process ends here: {string.Join(", ", late)}.");
        Console.Error.Flush();
        Watch.Dispose();
        using var own = Process.GetCurrentProcess();
        own.Kill(); // an orderly exit would wait for the thread that hangs
    }

    internal readonly record struct RunningTest(string Name, long BegunAt);
}
