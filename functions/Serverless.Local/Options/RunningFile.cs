using System.Text.Json;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;

namespace Serverless.Local.Options;

/// <summary>The file that says where the host answers, for clients on the same machine: there from the moment it answers until it stops.</summary>
internal sealed class RunningFile(string path)
{
    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(RunningHost host)
    {
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(host, ContractsJson.Default.RunningHost));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Removes it; also what a host left that was killed.</summary>
    public void Remove() => File.Delete(path);
}
