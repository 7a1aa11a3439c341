using Microsoft.Extensions.Options;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Hosting;

/// <summary>The folder that belongs to this process alone: two servers on one folder would each think the keys and the database theirs.</summary>
internal sealed class DataDirectory(IOptions<RepositoryOptions> options) : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? _lock;

    /// <summary>The absolute path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.DataDirectory);

    /// <summary>Makes the folder where it is missing and locks it until this process ends.</summary>
    /// <exception cref="StartRefusedException">Another process has it, or it cannot be made or written.</exception>
    public void Open()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data directory {Path} cannot be made ({failure.Message}). {Setting}", failure);
        }

        try
        {
            _lock = OpenPrivate(File("repository.lock"), FileMode.OpenOrCreate);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StartRefusedException($"The data directory {Path} cannot be written. {Setting}", failure);
        }
        catch (IOException failure)
        {
            throw new StartRefusedException(
                $"The data directory {Path} is in use by another process. Stop that one, or give this one a directory of its own. {Setting} ({failure.Message})",
                failure);
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only its owner may read, durably and whole: after a crash it is there complete or not at all.</summary>
    public void WriteSecret(string name, ReadOnlySpan<byte> content) => Write(name, content, replace: false);

    /// <summary>As <see cref="WriteSecret"/>, in place of one that may be there: after a crash either of the two is there complete.</summary>
    public void ReplaceSecret(string name, ReadOnlySpan<byte> content) => Write(name, content, replace: true);

    /// <summary>Makes an empty file that only its owner may read, where there is none.</summary>
    public void Touch(string name) => OpenPrivate(File(name), FileMode.OpenOrCreate).Dispose();

    public void Dispose() => _lock?.Dispose();

    private void Write(string name, ReadOnlySpan<byte> content, bool replace)
    {
        var unfinished = File(name + ".new");
        System.IO.File.Delete(unfinished);
        using (var stream = OpenPrivate(unfinished, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(unfinished, File(name), replace);

        // A journalling file system makes the new name durable with the file.
        using var named = new FileStream(File(name), FileMode.Open, FileAccess.ReadWrite);
        named.Flush(flushToDisk: true);
    }

    private static FileStream OpenPrivate(string path, FileMode mode)
    {
        var creation = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, creation);
    }

    private static string Setting => $"The setting is {RepositoryOptions.Section}:{nameof(RepositoryOptions.DataDirectory)}.";
}
