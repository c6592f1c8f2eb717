using System.Text.Json;

namespace Serverless.RuntimeDouble;

/// <summary>What the double knows between its runs: a folder of small files.</summary>
internal sealed class DoubleFolder
{
    private readonly string root;

    public DoubleFolder(string root)
    {
        this.root = root;
        Directory.CreateDirectory(Path.Combine(root, "calls"));
        Directory.CreateDirectory(Path.Combine(root, "containers"));
    }

    /// <summary>A setting that the test wrote, such as <c>run</c> with the value <c>oom</c>; empty: none.</summary>
    public string Setting(string name) => File.Exists(Path.Combine(root, name)) ? File.ReadAllText(Path.Combine(root, name)).Trim() : "";

    public void Set(string name, string value) => File.WriteAllText(Path.Combine(root, name), value);

    /// <summary>Writes down a call; the names sort by time.</summary>
    public void Record(string[] words)
    {
        var name = $"{TimeProvider.System.GetUtcNow().UtcTicks:d20}-{Environment.ProcessId}";
        File.WriteAllText(Path.Combine(root, "calls", name + ".part"), JsonSerializer.Serialize(words));
        File.Move(Path.Combine(root, "calls", name + ".part"), Path.Combine(root, "calls", name + ".json"));
    }

    public IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(root, "containers"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file));

    public ContainerRecord? Read(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<ContainerRecord>(File.ReadAllText(PathOf(name)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Write(ContainerRecord record)
    {
        File.WriteAllText(PathOf(record.Name) + ".part", JsonSerializer.Serialize(record));
        File.Move(PathOf(record.Name) + ".part", PathOf(record.Name), overwrite: true);
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(root, "containers", name + ".json");
}
