using System.CommandLine;

namespace Serverless.Cli.Shell;

/// <summary>Options that every command has.</summary>
internal sealed class CommonOptions
{
    public Option<OutputKind> Output { get; } = new("--output", "-o")
    {
        Description = "How data is written to stdout: text or json.",
        HelpName = "text|json",
        Recursive = true,
    };

    public Option<string?> Url { get; } = new("--url")
    {
        Description = "The host's address. Default: SERVERLESS_URL, else the host that runs on this machine.",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data folder of the local host. Default: SERVERLESS_HOME, else ~/.serverless.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>Most rows of a list.</summary>
    public static Option<int?> Limit() => Ranged("--limit", "N", "Most rows, 1 to 200. Default: 50.", 1, 200);

    /// <summary>Every row of a list.</summary>
    public static Option<bool> All() => CommandBuilder.Switch("--all", "Every row, however many.");

    /// <summary>A number within a range.</summary>
    public static Option<int?> Ranged(string name, string valueName, string description, int low, int high)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = valueName };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < low || value > high))
                result.AddError($"{name} is {value}; it must be {low} to {high}.");
        });
        return option;
    }
}
