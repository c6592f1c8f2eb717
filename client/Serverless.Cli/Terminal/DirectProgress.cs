namespace Serverless.Cli.Terminal;

/// <summary>Progress that is told at once, in order; <see cref="Progress{T}"/> would tell some of it when all is over.</summary>
internal sealed class DirectProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
