using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

public sealed class OwningTheDataDirectoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused_and_the_first_goes_on()
    {
        using var folder = new TestFolder();
        await using var first = await ServerProcess.StartReadyAsync(folder.Path, Ct);

        await using var second = ServerProcess.Start(folder.Path);
        var code = await second.WaitForExitAsync(Ct);

        Assert.Equal(1, code);
        Assert.Contains($"The data directory {folder.Path} is in use by another process.", second.Errors, StringComparison.Ordinal);
        Assert.Contains("Repository:DataDirectory", second.Errors, StringComparison.Ordinal);
        Assert.Single(second.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        using var answer = await first.Client.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Only_the_owner_may_enter_the_directory_and_read_its_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new TestFolder();
        var made = Path.Combine(folder.Path, "data");
        await using var server = await ServerProcess.StartReadyAsync(made, Ct);

        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
        var files = Directory.GetFiles(made);
        Assert.All(files, file => Assert.Equal((file, ReadWrite), (file, File.GetUnixFileMode(file))));
#pragma warning restore CA1416
        Assert.All(
            ["master.key", "admin.key", "repository.db", "repository.db-wal"],
            name => Assert.Contains(Path.Combine(made, name), files));
        Assert.Equal(32, new FileInfo(Path.Combine(made, "master.key")).Length);
    }

    [Fact]
    public async Task A_relative_directory_is_under_the_current_one()
    {
        using var folder = new TestFolder();
        var name = Path.Combine(Path.GetFileName(folder.Path), "relative"); // The process runs in the folder's parent.
        await using var server = await ServerProcess.StartReadyAsync(name, Ct);

        Assert.True(File.Exists(Path.Combine(folder.Path, "relative", "repository.db")));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_refused_by_the_setting()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, string.Empty, Ct);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() =>
            RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, ("Repository:DataDirectory", Path.Combine(file, "data"))));

        Assert.Contains("Repository:DataDirectory", refusal.Message, StringComparison.Ordinal);
    }
}
