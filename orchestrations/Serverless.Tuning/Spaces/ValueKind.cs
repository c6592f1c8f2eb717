namespace Serverless.Tuning.Spaces;

/// <summary>What a <see cref="ParameterValue"/> is.</summary>
public enum ValueKind
{
    /// <summary>A number, whole or not.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,
}
