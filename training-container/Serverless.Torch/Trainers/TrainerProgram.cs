using Serverless.Jobs;

namespace Serverless.Torch.Trainers;

/// <summary>The program: finds the trainer and turns outcomes into exit codes.</summary>
internal static class TrainerProgram
{
    private const int Failure = 1;
    private const int WrongArguments = 2;

    private static readonly Dictionary<string, (string What, Func<IReadOnlyList<string>, JobEnvironment, TextWriter, TextWriter, int> Run)> Trainers = new(StringComparer.Ordinal);

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args.Count == 0 || !Trainers.TryGetValue(args[0], out var trainer))
        {
            if (args.Count > 0)
                error.WriteLine($"There is no trainer '{args[0]}'.");
            error.WriteLine("Name one: " + string.Join(", ", Trainers.Select(each => $"{each.Key} ({each.Value.What})")) + ".");
            return WrongArguments;
        }

        using var job = JobEnvironment.FromEnvironment();
        try
        {
            return trainer.Run([.. args.Skip(1)], job, output, error);
        }
        catch (ArgumentException wrong) when (wrong is not ArgumentNullException and not ArgumentOutOfRangeException)
        {
            error.WriteLine(wrong.Message);
            return WrongArguments;
        }
        catch (Exception failed) when (failed is JobVariableException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(failed.Message);
            return Failure;
        }
    }
}
