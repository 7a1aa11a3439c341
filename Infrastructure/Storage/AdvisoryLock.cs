namespace Repository.Infrastructure.Storage;

/// <summary>
/// The locks by which nodes of one PostgreSQL exclude each other: "repo" and a number, all of them here so that no two are the same. An
/// <c>Idempotency-Key</c> in use has one too, of 64 bits of a keyed hash.
/// </summary>
internal enum AdvisoryLock : long
{
    /// <summary>The schema is brought up to date: the others wait.</summary>
    Migrations = 0x7265706f_00000001,

    /// <summary>Stored answers of an <c>Idempotency-Key</c> are swept.</summary>
    AnswerSweep = 0x7265706f_00000002,

    /// <summary>The keys of passed windows are destroyed.</summary>
    WindowSweep = 0x7265706f_00000003,

    /// <summary>Sessions, challenges and revocations are swept.</summary>
    SessionSweep = 0x7265706f_00000004,

    /// <summary>Requests of the coffer that can be fresh no longer are forgotten.</summary>
    CofferRequestSweep = 0x7265706f_00000005,

    /// <summary>What nobody reads any more of rooms is removed.</summary>
    RoomSweep = 0x7265706f_00000006,
}
