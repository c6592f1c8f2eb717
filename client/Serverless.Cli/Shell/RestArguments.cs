namespace Serverless.Cli.Shell;

/// <summary>Everything after the first <c>--</c> belongs to the program that is run, and is touched by nobody.</summary>
internal static class RestArguments
{
    public const string Mark = "--";

    /// <summary>Our own arguments, and the program's; null when there is no <c>--</c>.</summary>
    public static (IReadOnlyList<string> Own, IReadOnlyList<string>? Program) Split(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == Mark)
                return ([.. arguments.Take(i)], [.. arguments.Skip(i + 1)]);
        }

        return (arguments, null);
    }
}
