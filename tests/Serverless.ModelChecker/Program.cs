using Serverless.Inference.Checks;

switch (args[0])
{
    case "check-model":
        return CheckProgram.Run(args.AsSpan(1));
    case "hang":
        using (var never = new ManualResetEventSlim())
            never.Wait();
        return 0;
    case "crash":
        Environment.FailFast("broken on purpose");
        return 1;
    case "babble":
        Console.WriteLine("this is not an answer");
        return 0;
    case "environment":
        Console.Error.WriteLine(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>()));
        return 3;
    default:
        return 64;
}
