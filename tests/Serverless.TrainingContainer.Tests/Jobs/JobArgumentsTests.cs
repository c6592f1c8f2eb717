using Serverless.Jobs.Arguments;

namespace Serverless.TrainingContainer.Tests.Jobs;

public sealed class JobArgumentsTests
{
    [Fact]
    public void Choice_InAnotherCase_IsTheWordAsItIsListed()
    {
        var given = JobArguments.Parse(["--schedule", "Cosine"]);
        Assert.Equal("cosine", given.Choice("schedule", "constant", "constant", "cosine"));
        given.ThrowIfWrong();
    }

    [Fact]
    public void Errors_OfSeveralKinds_AreThrownTogether()
    {
        var given = JobArguments.Parse(["--schedule", "linear", "--epochs", "0"]);
        given.Choice("schedule", "constant", "constant", "cosine");
        given.Integer("epochs", 1, 1, 10);
        given.Refuse("--a and --b do not go together.");
        var lines = Assert.ThrowsAny<ArgumentException>(given.ThrowIfWrong).Message.Split('\n');
        Assert.Equal(["--schedule 'linear' is not one of: constant, cosine.", "--epochs '0' is not a whole number from 1 to 10.", "--a and --b do not go together."], lines);
    }
}
