using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace Repository.Api.Tests.Hosting;

/// <summary>
/// Says that a test shows a problem. It cannot say so wrongly: the test fails unless <see cref="RepositoryApp.CodeOf"/> saw the
/// code in it. The catalogue of problems asks for at least one such test for each code.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ShowsAttribute(string code) : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<(string Test, string Code), bool> Seen = new();

    public string Code => code;

    /// <summary>Remembers that the running test was answered with a problem.</summary>
    public static void Saw(string code)
    {
        if (TestContext.Current.Test is { } test)
        {
            Seen.TryAdd((test.UniqueID, code), true);
        }
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test) =>
        Assert.True(Seen.ContainsKey((test.UniqueID, code)), $"The test says that it shows {code}, and did not see it.");
}
