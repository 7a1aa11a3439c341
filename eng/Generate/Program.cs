using Repository.Generate;

// The committed command behind eng/generate.sh: what is generated here is never edited by hand.
return args switch
{
    ["migration", var name] => Migrations.Add(name),
    ["openapi"] => await OpenApiDocument.WriteAsync(CancellationToken.None),
    ["check"] => Migrations.Check() | await OpenApiDocument.CheckAsync(CancellationToken.None),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: migration <Name> | openapi | check");
    return 2;
}
