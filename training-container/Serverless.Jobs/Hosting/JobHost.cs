using Serverless.Jobs.Arguments;

namespace Serverless.Jobs.Hosting;

/// <summary>
/// The frame of a job program in C#. <c>return await JobHost.RunAsync(args, job => …);</c> gives the body its arguments, inputs and folders, turns SIGTERM into a cancelled token and a last
/// checkpoint, and every outcome into an exit code of <see cref="JobExit"/> with one clear message.
/// </summary>
public static class JobHost
{
    /// <summary>Runs a job.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="body">The job.</param>
    /// <returns>The exit code that the program must return.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<JobRun, Task> body)
    {
        var variables = JobEnvironment.ProcessVariables();
        using var environment = JobEnvironment.Listening(IsVerb(arguments) ? variables : HandRun.Complete(variables, Environment.CurrentDirectory, Console.Error));
        return await RunAsync(arguments, body, environment, TimeProvider.System, Console.Error);
    }

    /// <summary>Runs a job whose body does not wait.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="body">The job.</param>
    /// <returns>The exit code that the program must return.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Action<JobRun> body) => RunAsync(arguments, job =>
    {
        body(job);
        return Task.CompletedTask;
    });

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<JobRun, Task> body, JobEnvironment environment, TimeProvider time, TextWriter error)
    {
        if (IsVerb(arguments))
            return await RunVerbAsync(arguments[0], [.. arguments.Skip(1)], environment.Stopping, error);
        var run = new JobRun(environment, JobArguments.Parse(arguments), time);
        try
        {
            await body(run);
            return environment.Stopping.IsCancellationRequested ? Stop(run, error) : JobExit.Success;
        }
        catch (OperationCanceledException) when (environment.Stopping.IsCancellationRequested)
        {
            return Stop(run, error);
        }
        catch (JobArgumentException wrong)
        {
            error.WriteLine(wrong.Message);
            return JobExit.WrongArguments;
        }
        catch (Exception failure) // the top of the program: what is not caught here would end it without a word to the point
        {
            FailureReport.Write(failure, environment, error);
            return JobExit.Failure;
        }
        finally
        {
            run.EndEvents();
        }
    }

    private static bool IsVerb(IReadOnlyList<string> arguments) => arguments is [var verb, ..] && verb.StartsWith(JobVerbAttribute.Prefix, StringComparison.Ordinal);

    private static int Stop(JobRun run, TextWriter error)
    {
        try
        {
            error.WriteLine(run.SaveNow()
                ? "Stopped as asked, with a checkpoint. The job goes on from it when it is run again."
                : "Stopped as asked. The job goes on from its last checkpoint when it is run again.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JobVariableException)
        {
            error.WriteLine($"Stopped as asked; the last checkpoint could not be saved: {failure.Message}");
        }

        return JobExit.Stopped;
    }

    private static async Task<int> RunVerbAsync(string verb, IReadOnlyList<string> arguments, CancellationToken stopping, TextWriter error)
    {
        if (JobVerbs.Find(verb) is { } found)
            return await found.RunAsync(arguments, stopping);
        error.WriteLine($"No library of this program has the verb '{verb}'. Arguments that begin with '{JobVerbAttribute.Prefix}' are the platform's: give the job's arguments in another form.");
        return JobExit.UnknownVerb;
    }
}
