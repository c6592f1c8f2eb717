using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Agent.Containers;

/// <summary>What a job's container is called: the same for the same attempt on the same disk, and nothing else.</summary>
internal static class ContainerNames
{
    private const int MaxJob = 80;

    /// <summary>The name.</summary>
    /// <param name="job">The job's id; what a container's name cannot have becomes a dash.</param>
    /// <param name="epoch">The attempt.</param>
    /// <param name="root">The attempt's folder: two hosts on one machine may both have a job of this id.</param>
    public static string Of(string job, int epoch, string root)
    {
        var plain = string.Concat(job.Take(MaxJob).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..8];
        return string.Create(CultureInfo.InvariantCulture, $"serverless-{plain}-{epoch}-{mark}");
    }
}
