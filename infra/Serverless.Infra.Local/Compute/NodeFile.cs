using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Infra.Local.Unix;

namespace Serverless.Infra.Local.Compute;

/// <summary>What outlives the host of a node's process: enough to find it again and to tell it from a later process with the same number.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Size">Its offer's size.</param>
/// <param name="HostUrl">The address that its agent was given.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ProcessId">Its process; null: written before the start, so that a host killed in that moment leaves a trace.</param>
/// <param name="Identity">When that process began, as <see cref="ProcessIdentity"/> says it.</param>
internal sealed record NodeFile(string NodeId, string Size, string HostUrl, DateTimeOffset CreatedAt, int? ProcessId = null, string? Identity = null)
{
    /// <summary>Writes it whole: aside, then renamed.</summary>
    public void Write(string folder)
    {
        var temp = PathOf(folder, NodeId) + ".part";
        File.WriteAllBytes(temp, JsonSerializer.SerializeToUtf8Bytes(this, NodeFileJson.Default.NodeFile));
        File.Move(temp, PathOf(folder, NodeId), overwrite: true);
    }

    /// <summary>Removes a node's file.</summary>
    public static void Remove(string folder, string nodeId) => File.Delete(PathOf(folder, nodeId));

    /// <summary>All that are there; a file that cannot be read is removed, for it was never whole.</summary>
    public static List<NodeFile> ReadAll(string folder)
    {
        var files = new List<NodeFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json"))
        {
            try
            {
                if (JsonSerializer.Deserialize(File.ReadAllBytes(path), NodeFileJson.Default.NodeFile) is { } file)
                    files.Add(file);
            }
            catch (JsonException)
            {
                File.Delete(path);
            }
        }

        return files;
    }

    private static string PathOf(string folder, string nodeId) => Path.Combine(folder, nodeId + ".json");
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(NodeFile))]
internal sealed partial class NodeFileJson : JsonSerializerContext;
