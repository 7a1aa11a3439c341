using Microsoft.Extensions.Options;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>Reads what everybody may know of the coffer.</summary>
internal sealed class ReadCoffer(Database database, CofferKey key, IOptions<CofferOptions> options)
{
    private static readonly Statement SelectVersion = new("SELECT version FROM coffer WHERE id = 1");

    private readonly string[] _dialects = options.Value switch
    {
        { Listen: null or "" } => [],
        { ClassicDialect: true } => ["design", "classic"],
        _ => ["design"],
    };

    public async Task<CofferView> ExecuteAsync(CancellationToken ct) =>
        new(key.PublicKey, (await database.QueryAsync(SelectVersion, [], ct))[0].Number(0), _dialects);
}
