using Serverless.Algorithms.Exits;
using Serverless.Algorithms.LogisticRegression;
using Serverless.Training.Tables;
using Serverless.Jobs;

namespace Serverless.Algorithms;

/// <summary>The program: finds the algorithm and turns outcomes into exit codes.</summary>
internal static class AlgorithmProgram
{
    private static readonly Dictionary<string, (string What, Func<IReadOnlyList<string>, JobEnvironment, TextWriter, TextWriter, int> Run)> Algorithms = new(StringComparer.Ordinal)
    {
        ["logistic-regression"] = ("classifies the rows of a table (multinomial logistic regression)", LogisticProgram.Run),
    };

    public static int Run(IReadOnlyList<string> args, JobEnvironment job, TextWriter output, TextWriter error)
    {
        if (args.Count == 0 || !Algorithms.TryGetValue(args[0], out var algorithm))
        {
            if (args.Count > 0)
                error.WriteLine($"There is no algorithm '{args[0]}'.");
            error.WriteLine("Name one: " + string.Join(", ", Algorithms.Select(each => $"{each.Key} ({each.Value.What})")) + ".");
            return ProgramExit.WrongArguments;
        }

        try
        {
            return algorithm.Run([.. args.Skip(1)], job, output, error);
        }
        catch (ArgumentException wrong) when (wrong is not ArgumentNullException and not ArgumentOutOfRangeException)
        {
            error.WriteLine(wrong.Message);
            return ProgramExit.WrongArguments;
        }
        catch (Exception failed) when (failed is DataException or JobVariableException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(failed.Message);
            return ProgramExit.Failure;
        }
        catch (OutOfMemoryException)
        {
            error.WriteLine("The machine's memory does not suffice. Train on a sample with --rows N, leave columns out with --ignore, or take a larger machine.");
            return ProgramExit.Failure;
        }
    }
}
