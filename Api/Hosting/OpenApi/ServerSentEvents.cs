namespace Repository.Api.Hosting.OpenApi;

/// <summary>Stands, in the description of an operation, for a stream of events: it is text, and no JSON as a whole.</summary>
public abstract class ServerSentEvents;
