using Serverless.RuntimeDouble;

// The first argument is the double's own folder; what follows is what a container runtime is asked.
var folder = new DoubleFolder(args[0]);
var words = args[1..];
folder.Record(words);
return words switch
{
    ["--version"] => Answers.Version(folder),
    ["info", ..] => Answers.Info(folder),
    ["image", "inspect", var image] => Answers.Image(folder, image),
    ["pull", var image] => await Pulls.PullAsync(folder, image),
    ["run", .. var options] => await Containers.RunAsync(folder, options),
    ["container", "inspect", var name] => Answers.Container(folder, name),
    ["kill", var signal, var name] => Containers.Kill(folder, name, signal["--signal=".Length..]),
    ["rm", "--force", "--volumes", var name] => Containers.Remove(folder, name),
    ["ps", ..] => Answers.List(folder),
    _ => Answers.Unknown(words),
};
