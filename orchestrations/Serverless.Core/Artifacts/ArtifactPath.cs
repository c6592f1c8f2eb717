using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Artifacts;

/// <summary>
/// A path in a store: segments with forward slashes, checked once where it is made. There is no way to write one that leads out of the store:
/// no empty, <c>.</c> or <c>..</c> segment, no backslash, colon, control or bidirectional character, no percent sign, normalized (NFC).
/// </summary>
public readonly record struct ArtifactPath
{
    private readonly string? value;

    private ArtifactPath(string value) => this.value = value;

    /// <summary>The path as text.</summary>
    public string Value => value ?? throw new InvalidOperationException("An artifact path was never set.");

    /// <summary>Checks a path.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with all that is wrong with it.</exception>
    public static ArtifactPath Parse(string text)
    {
        var errors = PathRules.Check(text, "path");
        return errors.Count == 0 ? new ArtifactPath(text) : throw Fail.Invalid(errors);
    }

    /// <summary>The path of a text, or null when it is none: for what others have named.</summary>
    public static ArtifactPath? TryParse(string text) => PathRules.Check(text, "path").Count == 0 ? new ArtifactPath(text) : null;

    /// <summary>This path with a relative path below it.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when the whole is no path.</exception>
    public ArtifactPath Below(string relative) => Parse(Value + "/" + relative);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
