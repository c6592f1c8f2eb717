using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Content;
using Serverless.Core.Datasets;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs.Validation;

/// <summary>Rules for the inputs.</summary>
internal static class InputRules
{
    /// <summary>Folders of a container that are the system's or the contract's.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "proc", "sys", "dev", "run", "tmp", "job", "output" };

    /// <summary>Checks them.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="inImage">Whether the program runs in a container image: only there a path may be absolute.</param>
    /// <param name="inTrigger">Whether a data set may be left open.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Check(IReadOnlyList<InputSpec> inputs, bool inImage, bool inTrigger, FieldErrors errors)
    {
        if (!errors.Count("inputs", inputs.Count, JobLimits.Inputs, "inputs"))
            return;
        var channels = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (paths, absolute) = (new List<string>(), new List<string>());
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is not { } input)
            {
                errors.Add($"inputs[{i}]", "The input is null.", "Give its channel and data set.");
                continue;
            }

            CheckChannel(input.Channel, $"inputs[{i}].channel", channels, errors);
            if (!inTrigger || input.Dataset is not null)
                errors.AddRange(CheckDataset(input.Dataset, errors.At($"inputs[{i}].dataset")));
            if (input.Path is not { } path)
                continue;
            var isAbsolute = inImage && path.StartsWith('/');
            var plain = isAbsolute ? path[1..] : path;
            errors.AddRange(PathRules.Check(plain, errors.At($"inputs[{i}].path")));
            if (isAbsolute && Taken.Contains(plain.Split('/')[0]))
                errors.Add($"inputs[{i}].path", $"The path {Shown.Quote(path)} lies in a folder that the system or the job contract has.", "Give another, such as '/data', or one relative to the job's folder.");
            (isAbsolute ? absolute : paths).Add(plain);
        }

        errors.AddRange(ContentRules.CheckClashes(paths, errors.At("inputs")));
        errors.AddRange(ContentRules.CheckClashes(absolute, errors.At("inputs")));
    }

    private static void CheckChannel(string? channel, string where, HashSet<string> seen, FieldErrors errors)
    {
        if (channel is null || channel.Length is 0 or > 64 || !channel.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            errors.Add(where, $"{Shown.Quote(channel ?? "")} is not a channel's name.", "Use 1 to 64 letters, digits and '_', such as 'train'.");
        else if (!seen.Add(channel))
            errors.Add(where, $"The channel {Shown.Quote(channel)} comes twice (upper and lower case are one variable).", "Give each input a channel of its own.");
    }

    private static IReadOnlyList<FieldError> CheckDataset(string? dataset, string where) =>
        dataset is null
            ? [new FieldError(where, "The input has no data set.", "Name one, as 'name' or 'name@version'. Only in a trigger it may be left out.")]
            : DatasetRef.Check(dataset, where);
}
