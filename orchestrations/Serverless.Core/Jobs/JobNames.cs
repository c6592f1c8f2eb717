using Serverless.Contracts.Jobs;
using Serverless.Core.Names;

namespace Serverless.Core.Jobs;

/// <summary>The name of a job that was given none.</summary>
public static class JobNames
{
    /// <summary>The name that was given, or else one from the program: the algorithm's, the file name of the script or executable without its ending, or the last part of the image's name.</summary>
    public static string Of(JobSpec spec)
    {
        if (spec.Name is { } name)
            return name;
        if (spec.Program.Algorithm is { } algorithm)
            return algorithm;
        if (spec.Program is { Command: null, Image: { } image })
            return Checked(image.Split('@')[0].Split('/')[^1].Split(':')[0]);
        var command = spec.Program.Command ?? [];
        var script = command.LastOrDefault(part => part.Length > 0 && part[0] != '-' && part.Contains('.')) ?? command.FirstOrDefault() ?? "";
        var file = script[(script.LastIndexOf('/') + 1)..];
        var dot = file.LastIndexOf('.');
        return Checked(dot > 0 ? file[..dot] : file);
    }

    private static string Checked(string plain) => NameRules.CheckDisplay(plain, "name").Count == 0 ? plain : "job";
}
