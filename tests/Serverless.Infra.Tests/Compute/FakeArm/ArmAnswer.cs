namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>An answer that a test wrote, to requests of a method whose path ends so. <see cref="Host"/> in it stands for the fake's own address.</summary>
internal sealed record ArmAnswer(string Method, string At, int Status, string? Body, params (string Name, string Value)[] Headers)
{
    public const string Host = "{host}";
}
