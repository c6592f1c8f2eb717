using System.Globalization;
using Serverless.DurableVictim;

// Serverless.DurableVictim FOLDER BOUNDARY [UNFINISHED]
// First brings the run in FOLDER/UNFINISHED to its end, whatever killed it. Then runs FOLDER/BOUNDARY from the beginning and kills itself, by SIGKILL,
// at that boundary: before or after a commit, or after an activity's effect. Exit code 0: the run ended before that boundary was reached.
// Serverless.DurableVictim fatal FOLDER STARTS
// Runs a workflow in FOLDER whose activity kills the process each time it starts. Exit code 0: the workflow ended all the same.
if (args[0] == "fatal")
{
    await Fatal.RunAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
    return 0;
}

var folder = args[0];
if (args.Length > 2)
    await Run.ToTheEndAsync(Path.Combine(folder, args[2]), killAt: 0);
await Run.ToTheEndAsync(Path.Combine(folder, args[1]), int.Parse(args[1], CultureInfo.InvariantCulture));
return 0;
