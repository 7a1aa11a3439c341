using Repository.Domain.Cryptography.Interop;

namespace Repository.Domain.Cryptography;

/// <summary>The loaded libsodium.</summary>
public static class SodiumLibrary
{
    /// <summary>Loads and checks the library, so that a machine without it is told so at start and not by the first request.</summary>
    /// <returns>The library's version.</returns>
    /// <exception cref="DllNotFoundException">It is not installed; the message says how to install it.</exception>
    public static string Load()
    {
        try
        {
            return Sodium.Version;
        }
        catch (TypeInitializationException failure) when (failure.InnerException is DllNotFoundException missing)
        {
            throw new DllNotFoundException(missing.Message, missing);
        }
    }
}
