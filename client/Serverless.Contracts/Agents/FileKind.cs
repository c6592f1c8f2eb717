using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Agents;

/// <summary>What kind of output a file is: the folder that it was written to.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FileKind>))]
public enum FileKind
{
    /// <summary><c>SERVERLESS_MODEL_DIR</c>.</summary>
    Model,

    /// <summary><c>SERVERLESS_ARTIFACTS_DIR</c>.</summary>
    Artifacts,

    /// <summary><c>SERVERLESS_CHECKPOINT_DIR</c>.</summary>
    Checkpoint,

    /// <summary><c>SERVERLESS_TENSORBOARD_DIR</c>.</summary>
    Tensorboard,
}
