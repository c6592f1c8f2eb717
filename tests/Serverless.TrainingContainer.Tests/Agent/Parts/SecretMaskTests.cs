using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Agent.Output;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("the password is hunter2!", "the password is [secret]!")]
    [InlineData("hunter2hunter2", "[secret][secret]")]
    [InlineData("hunterhunter2", "hunter[secret]")]
    [InlineData("hunter2-long and hunter2", "[secret] and [secret]")]
    [InlineData("HUNTER2 hunter", "HUNTER2 hunter")]
    [InlineData("abc", "abc")]
    [InlineData("", "")]
    public void Text_WithSecrets_IsBlottedLongestFirst(string text, string masked) =>
        Assert.Equal(masked, Mask(["hunter2", "hunter2-long", "abc"], [Encoding.UTF8.GetBytes(text)]));

    [Fact]
    public void Text_HoweverItIsCut_IsBlottedTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (noise, seed) =>
        {
            string[] secrets = ["aabaab", "abaa", "baba"];
            var bytes = noise.Select(each => (byte)('a' + (each % 2))).ToArray();
            var random = new System.Random(seed);
            var cuts = new List<byte[]>();
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 5), bytes.Length - at);
                cuts.Add(bytes[at..(at + length)]);
                at += length;
            }

            var masked = Mask(secrets, cuts);
            Assert.Equal(Mask(secrets, [bytes]), masked);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, masked, StringComparison.Ordinal));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Value_OfSeveralLines_IsBlottedAsAWholeAndLineByLine()
    {
        const string key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\nshort\n-----END KEY-----\n";
        Assert.Equal("a [secret] b", Mask([key], [Encoding.UTF8.GetBytes("a " + key.Trim() + " b")]));
        Assert.Equal("line [secret], short", Mask([key], ["line MIIBVgIBADANBgkqhkiG, short"u8.ToArray()]));
    }

    [Fact]
    public void Bytes_WithoutSecrets_PassAsTheyAre()
    {
        byte[] bytes = [0, 255, 10, 13, 128];
        var passed = new List<byte>();
        var stream = new SecretMask([]).Open(span => passed.AddRange(span));
        stream.Accept(bytes);
        Assert.Equal(bytes, passed);
    }

    private static string Mask(string[] secrets, IEnumerable<byte[]> chunks)
    {
        var passed = new List<byte>();
        var stream = new SecretMask(secrets).Open(span => passed.AddRange(span));
        foreach (var chunk in chunks)
            stream.Accept(chunk);
        stream.End();
        return Encoding.UTF8.GetString([.. passed]);
    }
}
