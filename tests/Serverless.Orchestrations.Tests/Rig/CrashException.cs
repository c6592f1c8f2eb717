namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>The process is gone at this point: what was written stays, nothing after it happens.</summary>
internal sealed class CrashException : Exception
{
    public CrashException()
        : base("The process crashed here.")
    {
    }
}
