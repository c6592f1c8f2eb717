using System.Globalization;
using Serverless.Core.Ids;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Ids that are the same in every run of a test.</summary>
internal sealed class CountingIds : IIdSource
{
    private int last;

    public string Next(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref last)}");
}
