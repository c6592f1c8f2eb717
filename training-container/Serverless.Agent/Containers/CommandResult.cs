namespace Serverless.Agent.Containers;

/// <summary>What a command of the container runtime said.</summary>
/// <param name="Code">Its exit code; null: it took longer than its limit and was killed.</param>
/// <param name="Output">Its stdout, up to the limit.</param>
/// <param name="Error">Its stderr, up to the limit.</param>
internal sealed record CommandResult(int? Code, string Output, string Error)
{
    public bool Succeeded => Code == 0;

    /// <summary>What it said when it failed, on one line.</summary>
    public string Words
    {
        get
        {
            var text = Error.Trim().Length > 0 ? Error : Output;
            return string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }
}
