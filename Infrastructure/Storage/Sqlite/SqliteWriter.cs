using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Repository.Infrastructure.Storage.Sqlite;

/// <summary>The one connection that writes, its prepared statements, and the transaction that a group of operations shares.</summary>
internal sealed class SqliteWriter : WriteTransaction, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _savepoint;
    private readonly SqliteStatement _release;
    private readonly SqliteStatement _rollbackTo;
    private readonly SqliteStatement _emptyLog;
    private readonly SqliteStatements _statements;
    private SqliteTransaction? _transaction;
    private RepositoryDbContext? _db;
    private bool _dbHasTransaction;
    private bool _owesErasure = true; // A process that ended without warning may have left it undone.

    public SqliteWriter(SqliteDatabase database)
    {
        _database = database;
        _connection = database.OpenWriter();
        _statements = new SqliteStatements(_connection);
        _savepoint = new SqliteStatement(_connection, "SAVEPOINT operation");
        _release = new SqliteStatement(_connection, "RELEASE operation");
        _rollbackTo = new SqliteStatement(_connection, "ROLLBACK TO operation");
        _emptyLog = new SqliteStatement(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Whether a transaction is open; a severe error (full disk, I/O) makes SQLite roll back the whole of it by itself.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle!) == 0;

    public override RepositoryDbContext Db
    {
        get
        {
            _db ??= MakeContext();
            if (!_dbHasTransaction)
            {
                _db.Database.UseTransaction(_transaction);
                _dbHasTransaction = true;
            }

            return _db;
        }
    }

    /// <exception cref="FileNotFoundException">The database's file was removed.</exception>
    public void Begin()
    {
        if (!_database.IsInPlace)
        {
            throw new FileNotFoundException("The database's file is gone.", _database.Path);
        }

        _transaction = _connection.BeginTransaction(deferred: false);
    }

    public void BeginOperation() => _savepoint.Execute([]);

    public void EndOperation() => _release.Execute([]);

    public void UndoOperation()
    {
        _rollbackTo.Execute([]);
        _release.Execute([]);
        _db?.ChangeTracker.Clear();
    }

    /// <summary>Makes the group durable: returns after the fsync.</summary>
    public void Commit()
    {
        _transaction!.Commit();
        EndTransaction();
        if (_owesErasure)
        {
            _owesErasure = !TryErase();
        }
    }

    public override void EraseWhatIsDeleted() => _owesErasure = true;

    public override ValueTask<int> ExecuteAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct) =>
        ValueTask.FromResult(_statements.Prepare(statement).Execute(values));

    public override ValueTask<IReadOnlyList<SqlRow>> QueryAsync(Statement statement, ReadOnlySpan<SqlValue> values, CancellationToken ct) =>
        ValueTask.FromResult(_statements.Prepare(statement).Query(values));

    /// <summary>There is one writer: it holds every lock.</summary>
    public override ValueTask<bool> TryLockAsync(long key, CancellationToken ct) => ValueTask.FromResult(true);

    public void Dispose()
    {
        EndTransaction();
        _db?.Dispose();
        _statements.Dispose();
        _savepoint.Dispose();
        _release.Dispose();
        _rollbackTo.Dispose();
        _emptyLog.Dispose();
        _connection.Dispose();
    }

    /// <summary>
    /// In the file deleted content is zeros already (<c>secure_delete</c>); the log still holds the pages of before. The group is durable
    /// whatever becomes of this: where a reader keeps the log, the next group tries again.
    /// </summary>
    private bool TryErase()
    {
        try
        {
            return _emptyLog.Query([]) is [var result] && result.Number(0) == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void EndTransaction()
    {
        if (_dbHasTransaction)
        {
            _db!.ChangeTracker.Clear();
            _db.Database.UseTransaction(null);
            _dbHasTransaction = false;
        }

        _transaction?.Dispose();
        _transaction = null;
    }

    private SqliteRepositoryDbContext MakeContext()
    {
        var options = new DbContextOptionsBuilder<SqliteRepositoryDbContext>();
        options.UseSqlite(_connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        var context = new SqliteRepositoryDbContext(options.Options);
        context.Database.AutoSavepointsEnabled = false; // Each operation has its savepoint already.
        return context;
    }
}
