namespace Serverless.Infra.Tests.Templates.Reading;

/// <summary>A declaration with the decorators before it.</summary>
internal abstract record BicepStatement(int Line, string Name, IReadOnlyList<BicepCall> Decorators)
{
    /// <summary>The text of <c>@description</c>; null when there is none.</summary>
    public string? Description => Decorators.FirstOrDefault(decorator => decorator.Name == "description")?.Arguments.FirstOrDefault()?.Literal;

    /// <summary>The expressions of the statement, its decorators' too.</summary>
    public abstract IEnumerable<BicepExpression> Expressions { get; }
}

/// <summary><c>param name type = default</c>.</summary>
internal sealed record BicepParameter(int Line, string Name, string Type, BicepExpression? Default, IReadOnlyList<BicepCall> Decorators) : BicepStatement(Line, Name, Decorators)
{
    public override IEnumerable<BicepExpression> Expressions => [.. Decorators.SelectMany(decorator => decorator.Arguments), .. Default is null ? [] : new[] { Default }];
}

/// <summary><c>var name = value</c>.</summary>
internal sealed record BicepVariable(int Line, string Name, BicepExpression Value, IReadOnlyList<BicepCall> Decorators) : BicepStatement(Line, Name, Decorators)
{
    public override IEnumerable<BicepExpression> Expressions => [Value];
}

/// <summary><c>output name type = value</c>.</summary>
internal sealed record BicepOutput(int Line, string Name, string Type, BicepExpression Value, IReadOnlyList<BicepCall> Decorators) : BicepStatement(Line, Name, Decorators)
{
    public override IEnumerable<BicepExpression> Expressions => [Value];
}

/// <summary><c>resource name 'type@version' = body</c>, or a module with its path instead of the type.</summary>
internal sealed record BicepResource(int Line, string Name, bool IsModule, string Reference, bool Existing, BicepExpression? Condition, BicepLoop? Loop, BicepObject Body, IReadOnlyList<BicepCall> Decorators)
    : BicepStatement(Line, Name, Decorators)
{
    /// <summary>The type without its version.</summary>
    public string Type => Reference.Split('@')[0];

    public override IEnumerable<BicepExpression> Expressions => [.. Decorators.SelectMany(decorator => decorator.Arguments), .. Condition is null ? [] : new[] { Condition }, .. Loop is null ? [Body] : new BicepExpression[] { Loop }];
}

/// <summary><c>targetScope = 'x'</c> or <c>extension x</c>.</summary>
internal sealed record BicepHeader(int Line, string Name, string Value) : BicepStatement(Line, Name, [])
{
    public override IEnumerable<BicepExpression> Expressions => [];
}
