namespace Serverless.RuntimeDouble;

/// <summary>Pulls that go well, badly, or not on.</summary>
internal static class Pulls
{
    public static async Task<int> PullAsync(DoubleFolder folder, string image)
    {
        Console.Error.WriteLine($"Trying to pull {image}...");
        switch (folder.Setting("pull"))
        {
            case "":
                Console.Error.WriteLine("Copying blob sha256:1234 done");
                folder.Set("image-absent", "");
                return 0;
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
                return 0;
            case "flaky":
                folder.Set("pull", "");
                return Answers.Fail(125, $"Error: initializing source docker://{image}: pinging container registry: Get \"https://x/v2/\": dial tcp 10.0.0.1:443: i/o timeout");
            case var words:
                return Answers.Fail(125, words);
        }
    }
}
