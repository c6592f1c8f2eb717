using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Serverless.Cli.Jobs;
using Serverless.Cli.Shell;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Studies;

/// <summary>
/// A study as a file, YAML or JSON: the wire form, and for people three short ones within <c>job</c>: a command as one line, a folder of code as its path (from the file's own folder),
/// a gate as <c>accuracy&gt;=0.93</c>. A member that is not known is refused: it is a typing error.
/// </summary>
internal static class StudyFile
{
    /// <summary>The most bytes of a file.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = ContractsJson.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="upload">Uploads a folder of code and gives its files as JSON.</param>
    /// <exception cref="CliException">It is not there or not such a file.</exception>
    public static async Task<StudySpec> ReadAsync(string path, Func<string, Task<JsonNode?>> upload)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw CliException.Usage($"There is no file '{path}'.", "Name a study's file; 'serverless study init' writes one to begin with.");
        if (file.Length > MaxBytes)
            throw CliException.Usage($"'{path}' has {file.Length} bytes; the limit is {MaxBytes}.", "Name a study's file.");
        try
        {
            var json = YamlJson.Read(await File.ReadAllTextAsync(path)) as JsonObject ?? throw new FormatException("it is no mapping of names to values");
            json.Remove("$schema"); // where an editor of JSON finds the schema
            if (json["job"]?["program"] is JsonObject program)
                await ShortenAsync(program, Path.GetDirectoryName(file.FullName)!, upload);
            if (json["job"]?["model"]?["gate"] is JsonArray gates)
                Gates(gates);
            return json.Deserialize((JsonTypeInfo<StudySpec>)Strict.GetTypeInfo(typeof(StudySpec))) ?? throw new FormatException("it is empty");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw CliException.Usage($"'{path}' is no study: {(e is JsonException wrong ? Say(wrong) : e.Message)}.", "'serverless study init' writes one that can be read; docs/cli.md says what it may hold.");
        }
    }

    /// <summary>What the reader says of a value that it cannot convert names our types; a person wants to know where it stands and what to write.</summary>
    private static string Say(JsonException wrong)
    {
        var at = wrong.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "the file";
        var member = wrong.Message.Split('\'') is [_, var name, ..] && wrong.Message.Contains("could not be mapped", StringComparison.Ordinal) ? name : null;
        if (member is not null)
            return $"{at} is not known";
        if (wrong.Message.Contains("missing required properties", StringComparison.Ordinal))
            return $"{at} lacks {wrong.Message[(wrong.Message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.')}";
        return $"{at} cannot be read as what belongs there";
    }

    private static async Task ShortenAsync(JsonObject program, string folder, Func<string, Task<JsonNode?>> upload)
    {
        if (program["command"] is JsonValue command && command.TryGetValue<string>(out var line))
            program["command"] = new JsonArray([.. ShellWords.Split(line).Select(word => (JsonNode)JsonValue.Create(word))]);
        if (program["code"] is JsonValue code && code.TryGetValue<string>(out var path))
            program["code"] = await upload(Path.GetFullPath(path, folder));
    }

    private static void Gates(JsonArray gates)
    {
        for (var i = 0; i < gates.Count; i++)
        {
            if (gates[i] is JsonValue value && value.TryGetValue<string>(out var text))
                gates[i] = JsonSerializer.SerializeToNode(GateText.Parse(text), ContractsJson.Default.GateSpec);
        }
    }
}
