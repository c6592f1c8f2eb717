using System.Globalization;
using Serverless.Jobs.Hosting;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>A verb that adds its arguments.</summary>
public sealed class TestVerb : IJobVerb
{
    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) =>
        Task.FromResult(arguments.Sum(each => int.Parse(each, CultureInfo.InvariantCulture)));
}
