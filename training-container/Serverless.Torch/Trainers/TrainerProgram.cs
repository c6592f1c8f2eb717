using Serverless.Jobs.Hosting;
using Serverless.Torch.Trainers.Forecasts;
using Serverless.Torch.Trainers.Images;
using Serverless.Torch.Trainers.Rows;
using Serverless.Torch.Trainers.Sequences;
using Serverless.Torch.Trainers.Topics;
using Serverless.Torch.Trainers.Translations;

namespace Serverless.Torch.Trainers;

/// <summary>The program: finds the trainer, and lets it run as a job.</summary>
internal static class TrainerProgram
{
    private const string SelfTestArgument = "--self-test";

    private static readonly Dictionary<string, (string What, Func<JobRun, TextWriter, Task> Run)> Trainers = new(StringComparer.Ordinal)
    {
        ["tabular-network"] = ("classifies the rows of a table, or tells a number of each (network with tables for categories)", RowNetworkProgram.RunAsync),
        ["sequence-classifier"] = ("classifies texts (convolutional or recurrent network)", SequenceProgram.RunAsync),
        ["image-classifier"] = ("classifies images, PNG or JPEG files or the columns of a table (convolutional network)", ImageProgram.RunAsync),
        ["sequence-to-sequence"] = ("writes a text for a text (recurrent network with attention)", TranslationProgram.RunAsync),
        ["forecast"] = ("goes on with series of numbers, with intervals (autoregressive recurrent network)", ForecastProgram.RunAsync),
        ["topics"] = ("finds the topics of documents (neural topic model)", TopicProgram.RunAsync),
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args is [SelfTestArgument])
            return await SelfTest.RunAsync(output, error);
        if (args is [var verb, ..] && verb.StartsWith(JobVerbAttribute.Prefix, StringComparison.Ordinal))
            return await JobHost.RunAsync(args, _ => { });
        if (args.Count > 0 && Trainers.TryGetValue(args[0], out var trainer))
            return await JobHost.RunAsync([.. args.Skip(1)], job => trainer.Run(job, output));
        if (args.Count > 0)
            error.WriteLine($"There is no trainer '{args[0]}'.");
        error.WriteLine("Name one: " + string.Join(", ", Trainers.Select(each => $"{each.Key} ({each.Value.What})")) + $"; or {SelfTestArgument}.");
        return JobExit.WrongArguments;
    }
}
