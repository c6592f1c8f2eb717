using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Endpoints;

public sealed class EndpointLifeTests
{
    private static readonly DateTimeOffset T = Some.Start;

    private static Deployment Deployment(int number) => new()
    {
        Id = $"d{number}",
        Endpoint = "e",
        Model = $"m@{number}",
        Status = DeploymentStatus.Running,
        CreatedAt = T.AddSeconds(number),
    };

    private static EndpointRecord Shift(EndpointRecord record, Deployment deployment) =>
        EndpointLife.Shift(record, deployment, DeploymentLife.ModelOf(deployment), T);

    private static EndpointRecord Made(int number) => EndpointLife.Make(Deployment(number), new EndpointModel("m", number), T);

    [Fact]
    public void Shift_LaterDeployment_TakesAllTrafficAndKeepsThePrevious()
    {
        var record = Shift(Made(1), Deployment(2));

        Assert.Equal(2, record.Revision);
        Assert.Equal([new EndpointTraffic("m", 2, 100)], record.Traffic);
        Assert.Equal([new EndpointTraffic("m", 1, 100)], record.Previous);
        Assert.Same(record, Shift(record, Deployment(2)));
    }

    [Fact]
    public void Shift_DeploymentAskedForEarlier_ComesTooLate()
    {
        var record = Shift(Made(1), Deployment(3));

        Assert.Same(record, Shift(record, Deployment(2)));
    }

    [Fact]
    public void Shift_AskedAtTheSameTime_OneOrderWhicheverComesFirst()
    {
        var a = Deployment(2);
        var b = Deployment(3) with { CreatedAt = a.CreatedAt };

        Assert.Equal("m@3", $"m@{Shift(Shift(Made(1), a), b).Traffic[0].Version}");
        Assert.Equal("m@3", $"m@{Shift(Shift(Made(1), b), a).Traffic[0].Version}");
    }

    [Fact]
    public void GoBack_Twice_IsForwardAgain()
    {
        var two = Shift(Made(1), Deployment(2));

        var back = EndpointLife.GoBack(two, "r1", T.AddHours(1));
        var forward = EndpointLife.GoBack(back, "r2", T.AddHours(2));

        Assert.Equal(two.Previous, back.Traffic);
        Assert.Equal(two.Traffic, forward.Traffic);
        Assert.Equal(4, forward.Revision);
        Assert.Same(back, Shift(back, Deployment(2) with { Id = "slow" }));
    }

    [Fact]
    public void GoBack_NothingBefore_ChangesNothing()
    {
        var record = Made(1);

        Assert.Same(record, EndpointLife.GoBack(record, "r", T));
    }

    [Fact]
    public void Deployment_Ended_StaysAsItEnded()
    {
        var failed = DeploymentLife.Fail(Deployment(1), "no", T);

        Assert.Same(failed, DeploymentLife.Succeed(failed, T));
        Assert.Equal("no", failed.Message);
    }
}
