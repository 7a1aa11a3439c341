using System.Diagnostics;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Storage;

/// <summary>A data directory on a small file system that fills up. Needs the right to mount one.</summary>
public sealed class FullDiskTests
{
    private const int DiskBytes = 4 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_is_lost_and_the_server_goes_on_when_there_is_room_again()
    {
        using var disk = await SmallDisk.MountAsync(Ct);
        await using var app = await RepositoryApp.StartAsync(
            DatabaseProvider.Sqlite,
            Ct,
            ("Repository:DataDirectory", disk.Path),
            ("Database:MinFreeDiskBytes", "0"));
        var (hash, date) = await app.RegisterAsync(Ct);
        var ballast = disk.Fill(leaving: 256 << 10);

        HttpResponseMessage refused;
        while (true)
        {
            refused = await app.PostVerifyAsync(hash, date, Ct);
            if (!refused.IsSuccessStatusCode)
            {
                break;
            }

            date = await MachineCalls.DateOf(refused, Ct);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("storage-unavailable", await RepositoryApp.CodeOf(refused, Ct));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        using var notReady = await app.Anonymous.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Equal("not-ready", await RepositoryApp.CodeOf(notReady, Ct));
        Assert.Equal(
            ["writer"],
            (await RepositoryApp.JsonOf(notReady, Ct)).GetProperty("failures").EnumerateArray().Select(failure => failure.GetString()));
        Assert.Equal(date, (await app.MachineAsync(hash, Ct)).GetProperty("lastAccessedDate").GetString());

        File.Delete(ballast);

        using var ready = await app.Anonymous.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await app.VerifyAsync(hash, date, Ct);
        await app.StopAsync(Ct);
    }

    private sealed class SmallDisk : IDisposable
    {
        private readonly TestFolder _folder = new();

        public string Path => _folder.Path;

        public static async Task<SmallDisk> MountAsync(CancellationToken ct)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux may mount a small file system.");
            var disk = new SmallDisk();
            if (await RunAsync(["mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", disk.Path], ct) != 0)
            {
                disk._folder.Dispose();
                Assert.Skip("A file system cannot be mounted here.");
            }

            return disk;
        }

        /// <summary>Writes a file that leaves only some room.</summary>
        public string Fill(long leaving)
        {
            var file = _folder.File("ballast");
            File.WriteAllBytes(file, new byte[new DriveInfo(Path).AvailableFreeSpace - leaving]);
            return file;
        }

        public void Dispose()
        {
            using var unmount = Process.Start("umount", ["--lazy", Path]);
            unmount.WaitForExit();
            _folder.Dispose();
        }

        private static async Task<int> RunAsync(string[] command, CancellationToken ct)
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true });
            await process!.WaitForExitAsync(ct);
            return process.ExitCode;
        }
    }
}
