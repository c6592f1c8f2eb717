namespace Serverless.Cli.Terminal;

/// <summary>A share as a bar, in eighths of a character.</summary>
internal static class Bar
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <summary>The bar.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="width">The characters of a whole.</param>
    public static string Of(double share, int width)
    {
        var eighths = (int)Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * width * 8);
        return (new string('█', eighths / 8) + Eighths[eighths % 8]).TrimEnd();
    }
}
