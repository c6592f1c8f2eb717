using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Cli.Shell;

/// <summary>What the command line itself writes as JSON; all else is a wire type.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CliError))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(Data.DatasetShown))]
[JsonSerializable(typeof(Jobs.LogShown))]
[JsonSerializable(typeof(Jobs.PulledFiles))]
[JsonSerializable(typeof(Demo.DemoReport))]
internal sealed partial class CliJson : JsonSerializerContext;
