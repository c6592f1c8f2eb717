using System.Text.Json;

namespace Serverless.RuntimeDouble;

/// <summary>What the double says of itself, of images and of containers; in the words of podman.</summary>
internal static class Answers
{
    public static int Version(DoubleFolder folder)
    {
        Console.WriteLine(folder.Setting("version") is { Length: > 0 } said ? said : "podman version 4.9.3");
        return 0;
    }

    public static int Info(DoubleFolder folder)
    {
        if (folder.Setting("info") is "broken")
            return Fail(125, "Error: cannot connect to the storage: the database is locked");
        Console.WriteLine("""{"host":{"cgroupControllers":["cpu","memory","pids"]}}""");
        return 0;
    }

    public static int Image(DoubleFolder folder, string image)
    {
        if (folder.Setting("image-absent") is { Length: > 0 } || !image.Contains("double", StringComparison.Ordinal))
            return Fail(125, $"Error: inspecting object: {image}: image not known");
        var digest = image[..image.LastIndexOf(':')] + "@sha256:" + new string('d', 64);
        string[] entryPoint = folder.Setting("entry-point") is { Length: > 0 } words ? words.Split('\n') : [];
        Console.WriteLine(JsonSerializer.Serialize(new[] { new { Id = new string('1', 64), RepoDigests = new[] { digest }, Config = new { Entrypoint = entryPoint } } }));
        return 0;
    }

    public static int Container(DoubleFolder folder, string name)
    {
        if (folder.Setting("inspect") is "garbage")
        {
            Console.WriteLine("{ not json");
            return 0;
        }

        if (folder.Read(name) is not { } record)
            return Fail(125, $"Error: no such container \"{name}\"");
        var running = record.Status == "running";
        Console.WriteLine(JsonSerializer.Serialize(new[]
        {
            new
            {
                Id = record.Name,
                State = new
                {
                    record.Status, Running = running, Pid = running ? record.Process : 0, record.ExitCode, OOMKilled = record.KilledForMemory, Error = "",
                    StartedAt = record.Status == "created" ? "0001-01-01T00:00:00Z" : "2026-01-01T00:00:00.123456789Z",
                },
                Config = new { Labels = new Dictionary<string, string> { ["serverless.attempt"] = record.Attempt } },
            },
        }));
        return 0;
    }

    public static int List(DoubleFolder folder)
    {
        foreach (var name in folder.Names)
            Console.WriteLine(name);
        return 0;
    }

    public static int Unknown(string[] words) => Fail(125, $"Error: unknown command '{string.Join(' ', words)}'");

    public static int Fail(int code, string words)
    {
        Console.Error.WriteLine(words);
        return code;
    }
}
