using System.Globalization;

namespace Serverless.Agent.Logs;

/// <summary>
/// The agent's own log: lines on stderr, each with an id from the range 2100–2199. It is written by hand, because a logging framework would be loaded
/// before the first claim and an agent writes a dozen lines in its life.
/// </summary>
internal sealed class NodeLog(TextWriter writer, TimeProvider clock)
{
    public void Hello(string node, string pool, Uri host) => Write(2100, $"node '{node}' of pool '{pool}' says hello to {host}");

    public void HostUnreachable(string why, TimeSpan next) => Write(2101, string.Create(CultureInfo.InvariantCulture, $"the host does not answer ({why}); next try in {next.TotalSeconds:0.0} s"));

    public void GaveUp(string why) => Write(2102, $"gave up: {why}");

    public void Claimed(string job, int epoch) => Write(2103, $"claimed job '{job}' with epoch {epoch}");

    public void Started(string job, int process) => Write(2104, $"job '{job}' runs as process {process}");

    public void Ended(string job, string reason, string? message) => Write(2105, $"job '{job}' ended: {reason}. {message}");

    public void LeaseLost(string job, string why) => Write(2106, $"job '{job}' is not ours any more: {why}; its program is killed and nothing more is sent");

    public void Leaves(string why) => Write(2107, $"leaves: {why}");

    public void CheckpointCommitted(string job, int sequence, int files) => Write(2108, $"job '{job}' committed checkpoint {sequence} with {files} files");

    public void ProcessesRemain(string job, int count) => Write(2109, $"job '{job}' left {count} processes that do not end");

    public void Trouble(string what, Exception exception) => Write(2110, $"{what}: {exception.GetType().Name}: {exception.Message}");

    public void RuntimeFound(string version, string path) => Write(2111, $"runs containers by '{path}' ({version})");

    public void OrphanRemoved(string container, string attempt) => Write(2112, $"removed container '{container}' of '{attempt}', which an agent that was killed has left");

    public void MachineGoes(string why, DateTimeOffset notBefore) => Write(2113, string.Create(CultureInfo.InvariantCulture, $"the machine will be taken away ({why}), {(notBefore == DateTimeOffset.MinValue ? "at any moment" : $"not before {notBefore:u}")}"));

    public void NoMetadata(string why) => Write(2114, $"the machine's metadata service: {why}");

    private void Write(int id, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {id} {text.ReplaceLineEndings(" ")}");
        lock (writer)
            writer.WriteLine(line);
    }
}
