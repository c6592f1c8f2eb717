using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Serverless.Jobs.Hosting;

/// <summary>Says why a job failed: one message with the place in the job's own code; the whole trace goes to a file that is kept.</summary>
internal static class FailureReport
{
    /// <summary>The file in the artifacts folder.</summary>
    public const string FileName = "failure.txt";

    public static void Write(Exception failure, JobEnvironment environment, TextWriter error)
    {
        var cause = failure;
        while (cause is AggregateException or System.Reflection.TargetInvocationException && cause.InnerException is { } inner)
            cause = inner;
        error.WriteLine($"The job failed: {cause.Message.TrimEnd()} ({cause.GetType().Name}{Place(cause)})");
        try
        {
            var folder = Directory.CreateDirectory(environment.ArtifactsFolder).FullName;
            File.WriteAllText(Path.Combine(folder, FileName), failure + "\n");
            error.WriteLine($"The whole trace is in the artifact {FileName}.");
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException or JobVariableException)
        {
            error.WriteLine(failure.StackTrace); // nowhere to keep it
        }
    }

    /// <summary>The first place in the program itself, else the first of which the source line is known.</summary>
    private static string Place(Exception failure)
    {
        var frames = new StackTrace(failure, fNeedFileInfo: true).GetFrames().Where(frame => frame.GetFileName() is not null).ToList();
        return (frames.Find(frame => frame.GetMethod()?.Module.Assembly == Assembly.GetEntryAssembly()) ?? frames.FirstOrDefault()) is { } place
            ? string.Create(CultureInfo.InvariantCulture, $" at {Path.GetFileName(place.GetFileName())}:{place.GetFileLineNumber()}")
            : "";
    }
}
