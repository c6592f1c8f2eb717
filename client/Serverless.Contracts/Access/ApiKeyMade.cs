namespace Serverless.Contracts.Access;

/// <summary>A key that was just made.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="Text">Its text, to be sent as <c>Authorization: Bearer</c>. It is shown here and never again: only its hash is kept.</param>
public sealed record ApiKeyMade(ApiKey Key, string Text)
{
    /// <summary>Without the text, so that a log that prints this record does not have it.</summary>
    public override string ToString() => $"{nameof(ApiKeyMade)} {{ {Key} }}";
}
