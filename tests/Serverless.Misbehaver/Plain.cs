using System.Globalization;
using System.Text.Json;

namespace Serverless.Misbehaver;

/// <summary>Behaviour that needs no system call of its own.</summary>
internal static class Plain
{
    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    public static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";

    /// <summary>Writes arguments, environment, folder and stdin as JSON into the artifacts.</summary>
    public static int EchoArguments(string[] arguments)
    {
        using var file = File.Create(Path.Combine(Variable("SERVERLESS_ARTIFACTS_DIR"), "echo.json"));
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteStartArray("arguments");
        foreach (var argument in arguments)
            json.WriteStringValue(argument);
        json.WriteEndArray();
        json.WriteStartObject("environment");
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            json.WriteString((string)variable.Key, (string?)variable.Value);
        json.WriteEndObject();
        json.WriteString("folder", Environment.CurrentDirectory);
        json.WriteString("stdin", Console.In.ReadToEnd());
        json.WriteString("parentEnvironment", ParentEnvironment());
        json.WriteEndObject();
        return 0;
    }

    /// <summary>Writes that many bytes to stdout, in one line without an end, with a metric after it.</summary>
    public static async Task<int> FloodAsync(int bytes)
    {
        await using var output = Console.OpenStandardOutput();
        var chunk = new byte[1 << 16];
        Array.Fill(chunk, (byte)'x');
        for (var written = 0; written < bytes; written += chunk.Length)
        {
            chunk[^1] = (byte)(written % (1 << 20) == 0 ? '\n' : 'x');
            await output.WriteAsync(chunk.AsMemory(0, Math.Min(chunk.Length, bytes - written)));
        }

        await output.WriteAsync("\nafter = 1\n"u8.ToArray());
        return 0;
    }

    /// <summary>Takes memory and touches it.</summary>
    public static int Allocate(int bytes)
    {
        var memory = new byte[bytes];
        for (var i = 0; i < bytes; i += 4096)
            memory[i] = 1;
        Console.WriteLine($"allocated = {memory.Length}");
        return 0;
    }

    public static int Unknown(string[] arguments)
    {
        Console.Error.WriteLine($"No such behaviour: {string.Join(' ', arguments)}");
        return 64;
    }

    private static string ParentEnvironment()
    {
        try
        {
            var parent = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[1];
            return File.ReadAllText($"/proc/{parent}/environ");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
