namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>What a token is.</summary>
internal enum BicepTokenKind
{
    Name,
    Number,
    Text,
    Mark,
    NewLine,
    End,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its characters; of a text nothing.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Parts">Of a text: its pieces in turn, a string as it is meant or the tokens of an interpolation.</param>
internal sealed record BicepToken(BicepTokenKind Kind, string Value, int Line, IReadOnlyList<object>? Parts = null);
