using Repository.Api.Hosting;

return args is ["--healthcheck", var address]
    ? await HealthCheckCommand.RunAsync(address, CancellationToken.None)
    : await RepositoryServer.RunAsync(args);
