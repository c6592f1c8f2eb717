using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Cli.Shown;

namespace Serverless.Cli.Shell;

/// <summary>What the command line itself writes as JSON; all else is a wire type.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CliError))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(DatasetShown))]
[JsonSerializable(typeof(LogShown))]
[JsonSerializable(typeof(PulledFiles))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(ExperimentShown))]
[JsonSerializable(typeof(TemplateList))]
[JsonSerializable(typeof(TemplateWritten))]
[JsonSerializable(typeof(StudyWritten))]
internal sealed partial class CliJson : JsonSerializerContext;
