namespace Repository.Benchmarks.Load.Figures;

/// <summary>Every figure, in the order of the table. A new one is a class and a line here.</summary>
internal static class FigureCatalog
{
    public static IReadOnlyList<IFigure> All { get; } =
    [
        new ClientCost(),
        new PipelineCost(),
        new CapabilityVerify(),
        new CapabilityVerifyAgain(),
        new TokenRates(),
        new SealedSecrets(),
        new MachineVerify(),
        new MachineVerifyBesideEcho(),
        new Activation(),
        new SessionHandshakes(),
        new MachineTokens(),
        new MessagePost(),
        new HeldPolls(),
        new FanOut(),
        new SyncsPerVerify(),
        new Growth(),
        new ColdStart(),
        new MachineVerifyOnPostgres(),
        new MachineVerifyOnNodes(),
        new NodeKilled(),
    ];
}
