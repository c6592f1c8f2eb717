namespace Serverless.Cli.Shell;

/// <summary>What a command sees of the world outside: in a process its streams and environment, in a test what the test gives.</summary>
internal sealed record CliIo
{
    /// <summary>Data.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Talk.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens what is piped in.</summary>
    public required Func<Stream> In { get; init; }

    /// <summary>A variable of the environment; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The folder that relative paths begin at.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a person watches <see cref="Error"/>: progress may move.</summary>
    public bool Interactive { get; init; }

    /// <summary>Whether colours may be written to <see cref="Error"/>.</summary>
    public bool Color { get; init; }

    /// <summary>Columns of <see cref="Out"/>.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The window in which <see cref="Error"/> is seen, as large as it is now.</summary>
    public Func<(int Columns, int Rows)> Window { get; init; } = () => (80, 24);

    /// <summary>Whether <see cref="Error"/> takes more than ASCII.</summary>
    public bool Unicode { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The process's own.</summary>
    public static CliIo OfProcess()
    {
        var interactive = !Console.IsErrorRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CliIo
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.OpenStandardInput,
            Environment = System.Environment.GetEnvironmentVariable,
            Folder = Directory.GetCurrentDirectory(),
            Interactive = interactive,
            // https://no-color.org: set and not empty means no colour.
            Color = interactive && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = WidthOfProcess(),
            Window = WindowOfProcess,
            Unicode = Console.Error.Encoding.WebName == "utf-8",
        };
    }

    private static (int Columns, int Rows) WindowOfProcess()
    {
        try
        {
            return (Math.Clamp(Console.WindowWidth, 20, 400), Math.Clamp(Console.WindowHeight, 6, 400));
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }

    /// <summary>A pipe has no width; lines are cut nowhere there, so that programs can read them.</summary>
    private static int WidthOfProcess()
    {
        if (int.TryParse(System.Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns is >= 40 and <= 1_000)
            return columns;
        if (Console.IsOutputRedirected)
            return 400;
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 400);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
