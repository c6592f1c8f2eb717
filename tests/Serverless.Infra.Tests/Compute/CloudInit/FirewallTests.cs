using System.Diagnostics;
using Serverless.Infra.Compute.CloudInit;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Templates;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute.CloudInit;

/// <summary>The machine's firewall at work in three network namespaces: a container, the machine, and the cloud with its services.</summary>
public sealed class FirewallTests
{
    /// <summary>
    /// $1 is the rules' file, $2 a word that makes the names unique. The cloud answers on the metadata address, the wire server's address (web and names) and a public address. Prints one line a
    /// connection that was made, first without the rules, then with them.
    /// </summary>
    private const string Script =
        """
        set -eu
        box=box$2 vm=vm$2 cloud=cloud$2
        servers=
        trap 'for server in $servers; do kill $server 2>/dev/null || true; done; for each in $box $vm $cloud; do ip netns del $each 2>/dev/null || true; done' EXIT
        for each in $box $vm $cloud; do ip netns add $each; ip -n $each link set lo up; done
        ip -n $vm link add serverless0 type veth peer name eth0 netns $box
        ip -n $vm link add eth0 type veth peer name eth0 netns $cloud
        ip -n $box addr add 172.18.0.2/16 dev eth0; ip -n $vm addr add 172.18.0.1/16 dev serverless0
        ip -n $vm addr add 10.0.0.4/24 dev eth0; ip -n $cloud addr add 10.0.0.1/24 dev eth0
        ip -n $box link set eth0 up; ip -n $vm link set serverless0 up; ip -n $vm link set eth0 up; ip -n $cloud link set eth0 up
        for address in 169.254.169.254 168.63.129.16 203.0.113.1; do ip -n $cloud addr add $address/32 dev lo; done
        ip -n $box route add default via 172.18.0.1; ip -n $vm route add default via 10.0.0.1; ip -n $cloud route add 172.18.0.0/16 via 10.0.0.4
        ip netns exec $vm sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
        serve() { ip netns exec $1 python3 -c '
        import socket, sys
        all = [socket.create_server(("0.0.0.0", int(port))) for port in sys.argv[1:]]
        print("ready", flush=True)
        import select
        while True:
            for each in select.select(all, [], [])[0]: each.accept()[0].close()' 22 53 80 > ready$1 & servers="$servers $!"; }
        cd "$3"
        serve $cloud; serve $vm
        until grep -q ready ready$cloud && grep -q ready ready$vm; do sleep 0.1; done
        try() { ip netns exec $2 python3 -c '
        import socket, sys
        try: socket.create_connection((sys.argv[2], int(sys.argv[3])), 1).close(); print(*sys.argv[1:])
        except OSError: pass' $1 $3 $4; }
        for phase in open closed; do
          try $phase-box $box 169.254.169.254 80; try $phase-box $box 168.63.129.16 80; try $phase-box $box 168.63.129.16 53
          try $phase-box $box 203.0.113.1 80; try $phase-box $box 172.18.0.1 22; try $phase-vm $vm 169.254.169.254 80; try $phase-vm $vm 168.63.129.16 80
          if [ $phase = open ]; then ip netns exec $vm nft -f "$1"; ip netns exec $vm nft -f "$1"; fi
        done
        """;

    [Fact]
    public async Task Container_WithTheMachinesRules_ReachesTheWorldAndNamesButNotTheMachinesServices()
    {
        Needs.Have("netns", Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/nft") && (File.Exists("/usr/sbin/ip") || File.Exists("/sbin/ip")) && File.Exists("/usr/bin/python3"),
            "Run as root with Debian's iproute2, nftables and python3.");
        using var folder = new TempFolder();
        var text = NodeScript.Write(
            new NodeScriptValues { Host = "https://x", Audience = "x", Client = "x", Registry = "x", Image = "x", Agent = "x" }, new NodeSetup("cpu", false, false));
        var rules = YamlFile.Parse(text).Get("write_files").Items().Single(file => file.Get("path").Text() == "/etc/serverless/firewall.nft").Get("content").Text();
        await File.WriteAllTextAsync(folder["rules"], rules, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["script"], Script.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);

        var (code, lines, error) = await RunAsync(folder["script"], folder["rules"], Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), folder.Path);

        Needs.Have("netns", code == 0 || !error.Contains("Operation not permitted", StringComparison.Ordinal), $"This machine makes no network namespaces: {error}");
        Assert.True(code == 0, error);
        Assert.Equal(
            [
                "open-box 169.254.169.254 80", "open-box 168.63.129.16 80", "open-box 168.63.129.16 53", "open-box 203.0.113.1 80", "open-box 172.18.0.1 22", "open-vm 169.254.169.254 80", "open-vm 168.63.129.16 80",
                "closed-box 168.63.129.16 53", "closed-box 203.0.113.1 80", "closed-vm 169.254.169.254 80", "closed-vm 168.63.129.16 80",
            ],
            lines);
    }

    private static async Task<(int Code, string[] Lines, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), (await error).Trim());
    }
}
