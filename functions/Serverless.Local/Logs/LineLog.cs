using System.Globalization;

namespace Serverless.Local.Logs;

/// <summary>Writes the log to stderr, each entry on a line of its own whatever is in it: time, level, id, source, words.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">The time.</param>
internal sealed class LineLog(TextWriter output, TimeProvider clock) : ILoggerProvider
{
    private const int MaxLength = 8 * 1024;

    private readonly Lock gate = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Source(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel level, EventId id, string source, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Word(level)} {id.Id} {source}: {OneLine(text)}");
        lock (gate)
            output.WriteLine(line);
    }

    private static string OneLine(string text)
    {
        if (text.Length > MaxLength)
            text = text[..MaxLength] + "…";
        return string.Create(text.Length, text, static (line, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                line[i] = source[i] is '\n' ? '|' : char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "crit",
        LogLevel.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    private sealed class Source(LineLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, eventId, name, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }
}
