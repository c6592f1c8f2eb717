namespace Serverless.Local.Drops;

internal sealed partial class DropLoop
{
    [LoggerMessage(7020, LogLevel.Information, "Took {File} of the drop folder in as {Dataset}.")]
    private partial void LogTaken(string file, string dataset);

    [LoggerMessage(7021, LogLevel.Warning, "The file {File} of the drop folder is left alone until it changes: {Why} {Cure}")]
    private partial void LogRefused(string file, string why, string cure);

    [LoggerMessage(7022, LogLevel.Warning, "The file {File} of the drop folder could not be taken in; it is tried again.")]
    private partial void LogFailed(Exception error, string file);

    [LoggerMessage(7023, LogLevel.Warning, "The drop folder cannot be watched; it is looked at every {Seconds} s instead.")]
    private partial void LogUnwatched(Exception error, double seconds);
}
